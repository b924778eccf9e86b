import Foundation
import TestSupport
import Testing

@Suite("Files and directories")
struct InputTests {
  @Test func `a directory stands for every file in it, by path`() async throws {
    let scratch = try Scratch()
    for name in ["b.db", "a/z.db", "a/c/y.db", "a.db", "B.db"] { try scratch.file(name, Sample.clean.bytes) }
    let call = try await Call.atrest("verify", "-q", scratch.path, Sample.mixed.path)
    #expect(call.status == 1)
    let paths = call.lines.map { $0.split(separator: "  ")[1] }
    let names = ["B.db", "a.db", "a/c/y.db", "a/z.db", "b.db"]
    #expect(paths == names.map { "\(scratch.path)/\($0)"[...] } + [Sample.mixed.path[...]])
  }

  @Test func `paths are printed as they were given`() async throws {
    let scratch = try Scratch()
    try scratch.file("-", Sample.clean.bytes)
    try scratch.file("--help", Sample.clean.bytes)
    try scratch.file("a b%20c#?.db", Sample.clean.bytes)
    let arguments = ["verify", "-q", "./-", "a b%20c#?.db", ".", "--", "--help"]
    let call = try await Call.atrest(arguments, in: scratch.directory)
    #expect(call.status == 0)
    let paths = call.lines.map { $0.split(separator: "  ")[1] }
    #expect(paths == ["./-", "a b%20c#?.db", "./-", "./--help", "./a b%20c#?.db", "--help"])
  }

  @Test(arguments: ["my backups", "50%25", "a#b?c"])
  func `a directory may have any name`(name: String) async throws {
    let scratch = try Scratch()
    try scratch.file("\(name)/snapshot.db", Sample.clean.bytes)
    let call = try await Call.atrest("verify", "-q", "\(scratch.path)/\(name)")
    #expect(call.status == 0)
    #expect(call.output.hasPrefix("PASS  \(scratch.path)/\(name)/snapshot.db  "))
  }

  @Test func `a file whose name is not UTF-8 is not passed over`() async throws {
    let scratch = try Scratch()
    try scratch.file("good.db", Sample.clean.bytes)
    let copy = try await Call.shell("cp \"$1\" \"$2/$(printf 'a\\377b.db')\"", [Sample.mixed.path, scratch.path])
    guard copy.status == 0 else { try Test.cancel("this file system takes no such name") }
    let call = try await Call.atrest("verify", "-q", scratch.path)
    #expect(call.status == 3)
    #expect(call.lines.count == 2)
    #expect(call.output.contains("its name is not UTF-8"))
  }

  @Test func `what has the repaired name of another file never stands for it`() async throws {
    let scratch = try Scratch()
    try scratch.file("backups/a\u{FFFD}.db", Sample.clean.bytes)
    let copy = try await Call.shell(
      "cp \"$1\" \"$2/backups/$(printf 'a\\377.db')\"", [Sample.mixed.path, scratch.path])
    guard copy.status == 0 else { try Test.cancel("this file system takes no such name") }
    let directory = try await Call.atrest("verify", "-q", "\(scratch.path)/backups")
    #expect(directory.status == 3)
    #expect(directory.lines.count { $0.hasPrefix("PASS") } == 1)
    #expect(directory.lines.count { $0.hasPrefix("ERROR") && $0.contains("its name is not UTF-8") } == 1)
    for command in ["verify", "inspect"] {
      let file = try await Call.shell(
        "exec \"$0\" \(command) \"$1/backups/$(printf 'a\\377.db')\"", [scratch.path])
      #expect(file.status == 2)
      #expect(file.output == "")
      #expect(file.errors.contains("is not UTF-8: rename the file, or hand it over on standard input"))
    }
    let option = try await Call.shell(
      "exec \"$0\" verify --report json=\"$1/$(printf 'r\\377.json')\" \"$2\"", [scratch.path, Sample.clean.path])
    #expect(option.status == 2)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == ["backups"])
  }

  @Test func `a link that is named is followed, one in a directory is not`() async throws {
    let scratch = try Scratch()
    try scratch.file("backups/today.db", Sample.clean.bytes)
    let link = scratch.directory.appending(path: "backups/latest.db")
    try FileManager.default.createSymbolicLink(
      atPath: link.path(percentEncoded: false), withDestinationPath: "today.db")
    #expect(try await Call.atrest("verify", "-q", link.path(percentEncoded: false)).status == 0)
    let call = try await Call.atrest("verify", "-q", scratch.path + "/backups")
    #expect(call.status == 0)
    #expect(call.lines.count { $0.hasPrefix("PASS") } == 1)
    #expect(call.sentences.contains("1 file was passed over, not verified: "))
    #expect(call.output.contains("latest.db: a symbolic link, not followed"))
  }

  @Test func `control characters of file names are escaped`() async throws {
    let scratch = try Scratch()
    let name = "a\u{1B}[31m\u{1B}]0;owned\u{07}\nPASS  b.db\r\u{202E}.db"
    let path = try scratch.path(name, Sample.mixed.bytes)
    for format in ["text", "json", "ndjson"] {
      for arguments in [[path], [scratch.path], [path, "--quiet"], [path, "--color", "never"]] {
        let call = try await Call.atrest(["verify", "--format", format] + arguments)
        #expect(call.status == 1)
        #expect(activeCharacters(in: call.output) == [])
        #expect(!call.lines.contains { $0.hasPrefix("PASS") })
      }
    }
    let quiet = try await Call.atrest("verify", "-q", path)
    let escaped = "a%1B[31m%1B]0;owned%07%0APASS  b.db%0D%E2%80%AE.db"
    #expect(quiet.output.hasPrefix("FAIL  \(scratch.path)/\(escaped)  10 of 44"))
    let report = try await Call.atrest("verify", "--format", "json", path).json()
    #expect(report["snapshots"]?[0]?["path"] == .string("\(scratch.path)/\(escaped)"))
    #expect(report.allStrings.allSatisfy { activeCharacters(in: $0) == [] && !$0.contains("\n") })
  }

  @Test func `so are those of a file that isn't there, and of options`() async throws {
    let missing = try await Call.atrest("verify", "\u{1B}[2J\n.db")
    #expect(missing.status == 3)
    #expect(activeCharacters(in: missing.output) == [])
    #expect(missing.output.hasPrefix("ERROR  %1B[2J%0A.db  no such file or directory"))
    let prefix = try await Call.atrest("verify", "--etcd-prefix", "/\u{1B}[2J\nPASS", Sample.clean.path)
    #expect(prefix.status == 1)
    #expect(activeCharacters(in: prefix.output) == [])
    #expect(!prefix.lines.contains { $0.hasPrefix("PASS") })
  }

  @Test func `so are names in a snapshot that somebody made up`() async throws {
    let scratch = try Scratch()
    let hostile = "a\u{1B}[31m\u{1B}]0;owned\u{07}\nPASS  b\u{202E}"
    let path = try scratch.snapshot(
      "hostile.db",
      [
        .plainSecret("/registry/secrets/default/\(hostile)", dataKey: #"\u001b[31m\nPASS"#),
        .plainSecret("/registry/secrets/\(hostile)/a"),
        .put("/registry/secrets/default/b", "k8s:enc:aescbc:v1:\(hostile):" + String(repeating: "x", count: 48)),
        .put("/registry/secrets/default/c", "k8s:enc:\(hostile):v1:x:y"),
      ])
    for format in ["text", "json", "ndjson"] {
      let call = try await Call.atrest("verify", "--etcd-prefix", "/registry", "--format", format, path)
      #expect(call.status == 1)
      #expect(call.errors == "")
      #expect(activeCharacters(in: call.output) == [])
      #expect(!call.output.contains("\nPASS"))
    }
    let report = try await Call.atrest("verify", "--format", "json", path).json()
    #expect(report.allStrings.allSatisfy { activeCharacters(in: $0) == [] && !$0.contains("\n") })
    let keys = (report["snapshots"]?[0]?["findings"]?.elements ?? []).compactMap { $0["key"]?.string }
    #expect(keys.contains("/registry/secrets/default/a%1B[31m%1B]0;owned%07%0APASS  b%E2%80%AE"))
  }

  /// Characters a terminal acts on, or that hide or reorder others; line feeds, which every report has, are not among
  /// them.
  private func activeCharacters(in text: String) -> [Unicode.Scalar] {
    text.unicodeScalars.filter { scalar in
      scalar != "\n"
        && [.control, .format, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
    }
  }
}
