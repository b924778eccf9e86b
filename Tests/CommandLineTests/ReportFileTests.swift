import Foundation
import TestSupport
import Testing

@Suite("Reports in files")
struct ReportFileTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  static let formats = ["json", "ndjson", "csv", "sarif", "junit", "prometheus", "html", "intoto"]

  private func path(_ name: String) -> String { "\(scratch.path)/\(name)" }

  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: scratch.path).sorted()
  }

  private func mode(_ name: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path(name))[.posixPermissions] as? Int
  }

  @Test func `every format at once, beside the verdict`() async throws {
    let options = Self.formats.flatMap { ["--report", "\($0)=\(path($0))"] }
    let call = try await Call.shell("umask 077; exec \"$0\" verify -q \"$@\"", options + [Sample.mixed.path])
    #expect(call.status == 1)
    #expect(call.errors == "")
    #expect(call.output == (try await Call.atrest("verify", "-q", Sample.mixed.path).output))
    #expect(try names() == Self.formats.sorted())
    for format in Self.formats { #expect(try mode(format) == (format == "prometheus" ? 0o644 : 0o600)) }
    let report = try JSONValue(parsing: scratch.text("json"))
    #expect(try JSONSchema.report().violations(in: report) == [])
    let findings = try #require(report["snapshots"]?[0]?["findings"]?.elements?.count)
    #expect(try scratch.text("ndjson").split(separator: "\n").count == findings + 3)
    #expect(try scratch.text("csv").components(separatedBy: "\r\n").count == findings + 2)
    let log = try JSONValue(parsing: scratch.text("sarif"))
    #expect(log["runs"]?[0]?["results"]?.elements?.count == findings)
    #expect(try scratch.text("junit").contains("<testsuites name=\"atrest\" tests=\"4\" failures=\"2\" errors=\"0\""))
    #expect(try scratch.text("prometheus").contains("\natrest_run_verdict{verdict=\"fail\"} 1\n"))
    #expect(try JSONValue(parsing: scratch.text("intoto"))["predicate"]?["result"] == .string("FAILED"))
  }

  @Test func `what a file replaces stays until the call ends`() async throws {
    try scratch.file("report.json", Data("old".utf8))
    let call = try await Call.atrest("verify", "-q", "--report", "json=\(path("report.json"))", Sample.clean.path)
    #expect(call.status == 0)
    #expect(try JSONValue(parsing: scratch.text("report.json"))["verdict"] == .string("pass"))
    #expect(try names() == ["report.json"])
  }

  /// What is wrong with a value of `--report` however things are on the disk; `%` stands for the directory.
  static let wrongWords: [(value: String, clause: String)] = [
    ("sarif", "write FORMAT=FILE, such as sarif=report.sarif; the formats are \(formats.joined(separator: ", "))"),
    ("jsn=%/a", "'jsn' is no format; the formats are \(formats.joined(separator: ", ")); did you mean 'json'?"),
    ("pdf=%/a", "'pdf' is no format; the formats are \(formats.joined(separator: ", "))"),
    ("json=", "json has no file: is a variable unset that should hold the path?"),
    ("json=-", "'-' is no file: --format chooses what standard output gets"),
  ]

  @Test(arguments: wrongWords)
  func `a value that can't be understood is told before anything is verified`(mistake: (value: String, clause: String))
    async throws
  {
    let value = mistake.value.replacing("%", with: scratch.path)
    let call = try await Call.atrest(
      "verify", "--report", "json=\(path("first.json"))", "--report", value, Sample.clean.path)
    #expect(call.status == 2)
    #expect(call.output == "")
    #expect(call.errors.hasPrefix("atrest: "))
    #expect(call.errors.contains(mistake.clause), "\(call.errors)")
    #expect(try names() == [])
  }

  /// Where no report can be written; `%` stands for the directory.
  static let badPlaces: [(value: String, clause: String)] = [
    ("json=%", "it is a directory; name a file in it"),
    ("json=%/", "it is a directory; name a file in it"),
    ("json=%/missing/", "there is no such directory, and no name of a file behind it"),
    ("json=%/missing/a", "No such file or directory"),
    ("json=%/input.db/a", "Not a directory"),
    ("json=%/link", "it is a symbolic link; name the file that it leads to"),
    ("json=/dev/null", "it is no regular file"),
    ("json=%/input.db", "the call reads '%/input.db'"),
    ("json=%/./input.db", "the call reads '%/input.db'"),
    ("csv=%/first.json", "--report names the file '%/first.json' twice"),
    ("csv=%/./first.json", "--report names the file '%/./first.json' twice"),
  ]

  @Test(arguments: badPlaces)
  func `a file that can't be written is told and given up, and the verdict and other reports are written`(
    mistake: (value: String, clause: String)
  ) async throws {
    let input = try scratch.path("input.db", Sample.mixed.bytes)
    try FileManager.default.createSymbolicLink(atPath: path("link"), withDestinationPath: input)
    let value = mistake.value.replacing("%", with: scratch.path)
    let call = try await Call.atrest(
      "verify", "-q", "--report", "json=\(path("first.json"))", "--report", value, input)
    #expect(call.status == 2)
    #expect(call.output.hasPrefix("FAIL  "))
    #expect(call.errors.hasPrefix("atrest: ") && call.errors.split(separator: "\n").count == 1, "\(call.errors)")
    #expect(call.errors.contains(mistake.clause.replacing("%", with: scratch.path)), "\(call.errors)")
    #expect(try names() == ["first.json", "input.db", "link"])
    #expect(try JSONValue(parsing: scratch.text("first.json"))["verdict"] == .string("fail"))
    #expect(try Data(contentsOf: URL(filePath: input)) == Sample.mixed.bytes)
  }

  @Test func `the status is 2 also where a snapshot can't be verified`() async throws {
    let call = try await Call.atrest("verify", "-q", "--report", "json=/dev/null", path("none.db"))
    #expect(call.status == 2)
    #expect(call.output.hasPrefix("ERROR  "))
  }

  /// The next call would read it as a snapshot.
  @Test(arguments: ["backups/report.json", "backups/below/report.json", "link/report.json"])
  func `a report in a directory that the call reads is given up`(name: String) async throws {
    try scratch.file("backups/below/backup.db", Sample.clean.bytes)
    try FileManager.default.createSymbolicLink(atPath: path("link"), withDestinationPath: path("backups/below"))
    let call = try await Call.atrest("verify", "-q", "--report", "json=\(path(name))", path("backups"))
    #expect(call.status == 2)
    #expect(call.output.hasPrefix("PASS  "))
    let clause = "it lies in '\(path("backups"))', which the call reads: name a file elsewhere\n"
    #expect(call.errors == "atrest: no report can be written to '\(path(name))': \(clause)")
    let beside = try await Call.atrest("verify", "-q", "--report", "json=\(path("r.json"))", path("backups"))
    #expect(beside.status == 0 && beside.errors == "")
  }

  @Test func `a statement needs a digest`() async throws {
    let call = try await Call.atrest(
      "verify", "--no-hash", "--report", "intoto=\(path("a"))", Sample.clean.path)
    #expect(call.status == 2)
    #expect(call.errors.contains("--report intoto names snapshots by their SHA-256: leave --no-hash out"))
    #expect(try names() == [])
  }

  @Test func `standard output and a report can't have the same file`() async throws {
    let script = "exec \"$0\" verify --report \"json=$1/out\" \"$2\" > \"$1/out\""
    let call = try await Call.shell(script, [scratch.path, Sample.clean.path])
    #expect(call.status == 2)
    #expect(call.errors.contains("standard output goes there"))
    #expect(try scratch.text("out").hasPrefix("PASS  "))
  }

  @Test func `standard error and a report can't have the same file`() async throws {
    let script = "\"$0\" verify --report \"json=$1/out\" \"$2\" 2> \"$1/out\"; echo $?; cat \"$1/out\""
    let call = try await Call.shell(script, [scratch.path, Sample.clean.path])
    #expect(call.output.hasPrefix("PASS  "))
    #expect(call.output.contains("\n2\n"))
    #expect(call.output.contains("standard error goes there"))
  }

  @Test func `SARIF that is redacted without a key that stays is told`() async throws {
    let key = try scratch.path("key", Data("0123456789abcdef\n".utf8))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
    func notes(_ options: String...) async throws -> String {
      let call = try await Call.atrest(["verify", "-q", "--redact"] + options + [Sample.clean.path])
      #expect(call.status == 0)
      return call.errors
    }
    #expect(try await notes("--report", "sarif=\(path("a"))").hasPrefix("atrest: SARIF gets other names in each call"))
    #expect(try await notes("--report", "sarif=\(path("a"))", "--redact-key", key) == "")
    #expect(try await notes("--report", "csv=\(path("a"))") == "")
  }

  @Test func `a call that turns out wrong leaves no file`() async throws {
    let call = try await Call.atrest(
      "verify", "--resource", "widgets.nowhere.example.com", "--report", "json=\(path("a"))", Sample.clean.path)
    #expect(call.status == 2)
    #expect(try names() == [])
  }

  /// A limit on the size of files stands for a disk that is full.
  @Test func `when the disk fails, the verdict and the other reports are written, and no half file is left`()
    async throws
  {
    let script = """
      trap '' XFSZ; ulimit -f 32
      exec "$0" verify -q --report "json=$1/json" --report "prometheus=$1/metrics" "$2" > "$1/out"
      """
    let call = try await Call.shell(script, [scratch.path, Sample.plain.path])
    #expect(call.status == 3)
    let failure = "atrest: the report could not be written to '\(path("json"))': File too large"
    #expect(call.errors.hasPrefix("\(failure): the limit on the size of files (ulimit -f) is "), "\(call.errors)")
    #expect(try names() == ["metrics", "out"])
    #expect(try scratch.text("out").hasPrefix("FAIL  "))
  }

  @Test(arguments: ["HUP", "TERM", "KILL"])
  func `a call that is killed leaves no file`(signal: String) async throws {
    let script = """
      mkfifo "$1/pipe"; mkdir "$1/reports"
      "$0" verify --report "json=$1/reports/a" --report "csv=$1/reports/b" - < "$1/pipe" > /dev/null &
      exec 3> "$1/pipe"; sleep 0.5; kill -\(signal) $!; wait $!; ls -A "$1/reports"
      """
    let call = try await Call.shell(script, [scratch.path])
    #expect(call.output == "")
  }

  @Test(arguments: Sample.all)
  func `every format is well formed for every sample, and has no value`(sample: Sample) async throws {
    let options = Self.formats.flatMap { ["--report", "\($0)=\(path($0))"] }
    let call = try await Call.atrest(["verify", "-q"] + options + [sample.path, sample.path])
    #expect(call.status < 2)
    #expect(try names() == Self.formats.sorted())
    for name in try names() {
      let text = try scratch.text(name)
      for mark in ["CANARY", "Q0FOQVJZ", "NBTkFSW", "DQU5BUl"] { #expect(!text.contains(mark)) }
    }
    for name in ["json", "sarif"] { _ = try JSONValue(parsing: scratch.text(name)) }
    for name in ["ndjson", "intoto"] {
      for line in try scratch.text(name).split(separator: "\n") { _ = try JSONValue(parsing: String(line)) }
    }
  }
}
