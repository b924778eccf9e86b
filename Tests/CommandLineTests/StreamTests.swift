import Foundation
import TestSupport
import Testing

@Suite("Snapshots come through pipes, and inside containers")
struct StreamTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// The report about the one snapshot of a call, without what tells where it came from.
  private static func content(of call: Call) throws -> [String: JSONValue] {
    var snapshot = try #require(try call.json()["snapshots"]?[0]?.members)
    snapshot["path"] = nil
    // The commands of the steps name the file; a report that passes has no steps.
    snapshot["next"] = nil
    #expect(snapshot.removeValue(forKey: "file")?["sha256"]?["status"]?.string == "match")
    return snapshot
  }

  @Test(arguments: Sample.all)
  func `a pipe gives the file's own report`(sample: Sample) async throws {
    let file = try await Call.atrest("verify", "--format", "json", sample.path)
    let arguments = [sample.path]
    for script in ["cat \"$1\" | \"$0\" verify --format json -", "\"$0\" verify --format json - < \"$1\""] {
      let pipe = try await Call.shell(script, arguments)
      #expect(pipe.status == file.status)
      #expect(try Self.content(of: pipe) == Self.content(of: file))
      #expect(try pipe.json()["snapshots"]?[0]?["path"]?.string == "-")
    }
  }

  /// Nothing in Debian's base writes RFC 1950.
  private static let zlibScript =
    "'import sys, zlib; sys.stdout.buffer.write(zlib.compress(open(sys.argv[1], \"rb\").read()))'"

  @Test(arguments: [
    ("gzip", "gzip -c \"$1\""), ("zstd", "zstd -q -c \"$1\""), ("xz", "xz -0 -c \"$1\""), ("bzip2", "bzip2 -c \"$1\""),
    ("lz4", "lz4 -q -c \"$1\""), ("tar", "tar -c -f - -C \"$(dirname \"$1\")\" snapshot.db"),
    ("zip", "cd \"$(dirname \"$1\")\" && zip -q - snapshot.db"),
    ("zlib", "python3 -c \(zlibScript) \"$1\""),
  ])
  func `a container gives the file's own report`(container: String, command: String) async throws {
    for sample in [Sample.mixed, .clean, .tampered] {
      let packed = scratch.path + "/packed"
      let packing = try await Call.shell("\(command) > \"$2\"", [sample.path, packed])
      try #require(packing.status == 0, "\(packing.errors)")
      let plain = try await Call.atrest("verify", "--format", "json", sample.path)
      let call = try await Call.atrest("verify", "--format", "json", packed)
      #expect(try Self.content(of: call) == Self.content(of: plain))
      let file = try call.json()["snapshots"]?[0]?["file"]
      #expect(file?["container"]?.elements?.compactMap(\.string) == [container])
      #expect(file?["member"]?.string == (["tar", "zip"].contains(container) ? "snapshot.db" : nil))
      #expect(call.status == plain.status)
    }
  }

  @Test func `an archive of several snapshots gives several reports`() async throws {
    let packed = scratch.path + "/backups.tar.gz"
    let packing = try await Call.shell(
      "tar -c -z -f \"$1\" -C \"$2\" 03-aescbc-mixed/snapshot.db 06-aescbc-defragged/snapshot.db",
      [packed, Sample.directory.path()])
    try #require(packing.status == 0)
    let call = try await Call.atrest("verify", "--quiet", packed)
    #expect(call.status == 1)
    #expect(call.lines.count == 2)
    #expect(call.lines[0].contains("backups.tar.gz:03-aescbc-mixed/snapshot.db  10 of 44 secrets"))
    #expect(call.lines[1].contains("backups.tar.gz:06-aescbc-defragged/snapshot.db  32 secrets encrypted"))
  }

  /// Standard input is the last of the inputs, and nothing is written to it while the other reports are waited for.
  private static let waitingScript = """
    mkfifo "$2/in"
    : > "$2/out"
    "$0" verify --format "$3" "$1" - < "$2/in" | cat > "$2/out" &
    exec 3> "$2/in"
    n=0
    until [ "$(grep -c "$4" "$2/out")" -ge 3 ] || [ $n -ge 300 ]; do n=$((n + 1)); sleep 0.1; done
    grep -c "$4" "$2/out"
    exec 3>&-
    wait
    """

  @Test(arguments: [("text", "^[A-Z][A-Z]*  .*/backups/"), ("ndjson", "\"type\":\"snapshot\"")])
  func `reports are in the pipe while a later input is still awaited`(format: String, report: String) async throws {
    for sample in [Sample.mixed, .clean, .tampered] {
      try scratch.file("backups/\(sample.name).db", sample.bytes)
    }
    let call = try await Call.shell(
      Self.waitingScript, [scratch.path + "/backups", scratch.path, format, report])
    #expect(call.errors == "")
    #expect(call.output == "3\n")
  }

  @Test(arguments: [33, 4129, 8224])
  func `what is cut is told, and what came before counts`(bytes: Int) async throws {
    let call = try await Call.shell(
      "head -c \"$(($(wc -c < \"$1\") - $2))\" \"$1\" | \"$0\" verify -", [Sample.plain.path, String(bytes)])
    #expect(call.status == 3)
    #expect(call.sentences.contains("truncated"))
    #expect(call.sentences.contains("are plaintext"))
  }

  @Test func `a cut container is told`() async throws {
    let call = try await Call.shell(
      "gzip -c \"$1\" | head -c 60000 | \"$0\" verify --format json -", [Sample.plain.path])
    #expect(call.status == 3)
    let errors = try call.json()["snapshots"]?[0]?["errors"]?.elements?.compactMap { $0["code"]?.string } ?? []
    #expect(errors.contains("container-truncated"))
  }

  @Test func `nothing at all is told`() async throws {
    let call = try await Call.shell("\"$0\" verify - < /dev/null", [])
    #expect(call.status == 3)
    #expect(call.sentences.contains("empty"))
  }

  @Test func `standard input can be read once`() async throws {
    let call = try await Call.shell("cat \"$1\" | \"$0\" verify --quiet - -", [Sample.clean.path])
    #expect(call.status == 3)
    #expect(call.lines.count == 2)
    #expect(call.lines[0].hasPrefix("PASS  -"))
  }

  @Test func `names are found without a second look`() async throws {
    let file = try await Call.atrest("verify", Sample.mixed.path)
    let pipe = try await Call.shell("cat \"$1\" | \"$0\" verify -", [Sample.mixed.path])
    #expect(pipe.lines.contains { $0.contains("revision") })
    func places(_ call: Call) -> [String] { call.lines.filter { $0.contains(/revision \d+/) } }
    #expect(places(pipe) == places(file))
  }

  @Test func `unpacking has limits that can be raised`() async throws {
    let bomb = scratch.path + "/bomb.gz"
    let packing = try await Call.shell(
      "(cat \"$1\"; head -c 600000000 /dev/zero) | gzip -1 -c > \"$2\"", [Sample.clean.path, bomb])
    try #require(packing.status == 0)
    let call = try await Call.atrest("verify", "--unpacked-ratio", "10", bomb)
    #expect(call.status == 3)
    #expect(call.sentences.contains("unpack"))
    let small = try await Call.atrest("verify", "--unpacked-size", "100000000", bomb)
    #expect(small.status == 3)
    let raised = try await Call.atrest("verify", "--quiet", "--unpacked-ratio", "100000", "--no-hash", bomb)
    #expect(raised.output.contains("32 secrets encrypted"))
  }
}
