import Foundation
import TestSupport
import Testing

@Suite("JSON and NDJSON")
struct MachineReportTests {
  @Test(arguments: Sample.all)
  func `JSON is as the schema says, with no member more`(sample: Sample) async throws {
    let call = try await Call.atrest("verify", "--format", "json", sample.path)
    #expect(call.errors == "")
    let report = try call.json()
    #expect(try JSONSchema.report().violations(in: report) == [])
    #expect(report["snapshots"]?[0]?["path"] == .string(sample.path))
    #expect(
      report["tool"]?["arguments"]?.elements?.compactMap(\.string) == ["verify", "--format", "json", sample.path])
    #expect(report["verdict"] == .string(call.status == 0 ? "pass" : "fail"))
  }

  @Test func `JSON of whatever goes wrong`() async throws {
    let scratch = try Scratch()
    let bytes = try Sample.mixed.bytes
    let files = [
      try scratch.path("empty.db", Data()), try scratch.path("text.db", Data("no snapshot".utf8)),
      try scratch.path("cut.db", bytes.prefix(800_000)), try scratch.path("bare.db", bytes.dropLast(32)),
      try scratch.path("longer.db", bytes + Data("more".utf8)), scratch.path + "/missing.db",
    ]
    let call = try await Call.atrest(["verify", "--format", "json"] + files)
    #expect(call.status == 3)
    let report = try call.json()
    #expect(try JSONSchema.report().violations(in: report) == [])
    #expect(report["verdict"] == .string("error"))
    let verdicts = report["snapshots"]?.elements?.compactMap { $0["verdict"]?.string }
    #expect(verdicts == ["error", "error", "error", "fail", "fail", "error"])
    for snapshot in report["snapshots"]?.elements ?? [] {
      #expect((snapshot["errors"] != .array([])) == (snapshot["verdict"] == .string("error")))
    }
  }

  @Test func `NDJSON is one value per line`() async throws {
    let paths = [Sample.tampered.path, Sample.clean.path, "missing.db"]
    let call = try await Call.atrest(["verify", "--format", "ndjson"] + paths)
    #expect(call.status == 3)
    #expect(call.errors == "")
    let lines = try call.jsonLines()
    let types = lines.compactMap { $0["type"]?.string }
    #expect(types.filter { $0 != "finding" } == ["start", "snapshot", "snapshot", "snapshot", "end"])
    #expect(types.count { $0 == "finding" } == 18 + 1)
    let schema = try JSONSchema.report()
    for line in lines {
      let type = line["type"]?.string
      if type == "snapshot" {
        #expect(schema.violations(in: line.with(["findings": .array([])]), definition: "snapshot") == [])
      } else if type == "finding" {
        #expect(paths.contains(line["path"]?.string ?? ""))
        #expect(schema.violations(in: line.with(["path": nil]), definition: "finding") == [])
      }
    }
    let whole = try #require(lines.first).with((lines.last?.members ?? [:]).merging(["snapshots": .array([])]) { $1 })
    #expect(schema.violations(in: whole.with([:])) == [])
    #expect(lines.last?["verdict"] == .string("error"))
  }

  @Test func `both tell the same`() async throws {
    let whole = try await Call.atrest("verify", "--format", "json", Sample.mixed.path).json()
    let lines = try await Call.atrest("verify", "--format", "ndjson", Sample.mixed.path).jsonLines()
    let findings = lines.filter { $0["type"] == .string("finding") }.map { $0.with(["path": nil]) }
    #expect(findings == whole["snapshots"]?[0]?["findings"]?.elements)
    #expect(lines[1].with([:]) == whole["snapshots"]?[0]?.with(["findings": nil]))
  }

  @Test(arguments: ["json", "ndjson"])
  func `no color in them, and all of them when quiet`(format: String) async throws {
    let call = try await Call.atrest(
      "verify", "--format", format, "--color", "always", "--quiet", Sample.tampered.path)
    #expect(!call.output.contains("\u{1B}"))
    #expect(call.output.contains("/registry/secrets/search/kafka-api-1"))
  }

  @Test func `counts are those of the sample's own facts`() async throws {
    let folder = URL(filePath: Sample.mixed.path).deletingLastPathComponent()
    let truth = try JSONValue(
      parsing: String(decoding: Data(contentsOf: folder.appending(path: "truth.json")), as: UTF8.self))
    let snapshot = try #require(
      try await Call.atrest("verify", "--format", "json", Sample.mixed.path).json()["snapshots"]?[0])
    #expect(snapshot["etcd"]?["liveKeys"] == truth["mvcc"]?["live_keys"])
    #expect(snapshot["etcd"]?["revisions"] == truth["mvcc"]?["revision_records"])
    #expect(snapshot["etcd"]?["tombstones"] == truth["mvcc"]?["tombstones"])
    #expect(snapshot["etcd"]?["revision"] == truth["mvcc"]?["max_revision_in_key_bucket"])
    #expect(snapshot["bolt"]?["pages"] == truth["bbolt"]?["pages"])
    #expect(snapshot["file"]?["bytes"] == truth["size"])
    let classes = truth["latest"]?["by_prefix"]?["/registry/secrets"]?["classes"]?.members ?? [:]
    #expect(snapshot["resources"]?[0]?["live"]?["plaintext"] == classes["identity-protobuf"])
  }
}

extension JSONValue {
  /// This object without its `type`, and with `changes`; a change to nil takes a member away.
  fileprivate func with(_ changes: [String: JSONValue?]) -> JSONValue {
    var result = members ?? [:]
    result["type"] = nil
    for (name, value) in changes where name != "type" { result[name] = value }
    return .object(result)
  }
}
