import Foundation
import Testing

@Suite("Standard output that can't be written")
struct StandardOutputTests {
  @Test(arguments: ["text", "json", "ndjson"])
  func `a reader that goes away ends the call quietly, never in 0`(format: String) async throws {
    let scratch = try Scratch()
    for number in 0..<1000 { try scratch.file("backups/\(number).db", Data("no snapshot".utf8)) }
    try scratch.file("backups/good.db", Sample.clean.bytes)
    let script = "{ \"$0\" \"$@\"; echo $? > \(scratch.path)/status; } | head -n 1"
    let call = try await Call.shell(script, ["verify", "--format", format, scratch.path + "/backups"])
    #expect(call.errors == "")
    #expect(call.lines.count == 1)
    let status = try scratch.text("status")
    #expect(status == "\(128 + SIGPIPE)\n")
  }

  @Test func `a reader that is gone ends the call quietly, even if the parent ignores the signal`() async throws {
    let scratch = try Scratch()
    let script = "trap '' PIPE; { sleep 0.2; \"$0\" \"$@\"; echo $? > \(scratch.path)/status; } | true"
    let call = try await Call.shell(script, ["verify", Sample.clean.path])
    #expect(call.errors == "")
    #expect(try scratch.text("status") == "\(128 + SIGPIPE)\n")
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")), arguments: ["text", "json", "ndjson"])
  func `a full disk`(format: String) async throws {
    let call = try await Call.shell(
      "exec \"$0\" \"$@\" > /dev/full", ["verify", "--format", format, Sample.clean.path])
    #expect(call.status == 3)
    #expect(call.errors == "atrest: the report could not be written: No space left on device\n")
  }

  @Test(arguments: ["text", "json", "ndjson"])
  func `none at all`(format: String) async throws {
    let call = try await Call.shell("exec \"$0\" \"$@\" >&-", ["verify", "--format", format, Sample.clean.path])
    #expect(call.status == 3)
    #expect(call.errors == "atrest: the report could not be written: Bad file descriptor\n")
  }

  @Test(
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")),
    arguments: [["inspect", Sample.clean.path], ["explain"], ["--help"], ["verify", "--help"], ["--version"]])
  func `a full disk, and whatever is to be written`(arguments: [String]) async throws {
    let call = try await Call.shell("exec \"$0\" \"$@\" > /dev/full", arguments)
    #expect(call.status == 3)
    #expect(call.errors == "atrest: the report could not be written: No space left on device\n")
  }

  @Test func `neither output nor errors`() async throws {
    let call = try await Call.shell("exec \"$0\" \"$@\" >&- 2>&-", ["verify", Sample.clean.path])
    #expect(call.status == 3)
  }

  @Test func `the input is not touched`() async throws {
    let scratch = try Scratch()
    let path = try scratch.path("snapshot.db", Sample.mixed.bytes)
    try FileManager.default.setAttributes([.posixPermissions: 0o400], ofItemAtPath: path)
    let before = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
    _ = try await Call.atrest("verify", path)
    #expect(try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date == before)
    #expect(try Data(contentsOf: URL(filePath: path)) == Sample.mixed.bytes)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path).sorted() == ["snapshot.db"])
  }
}
