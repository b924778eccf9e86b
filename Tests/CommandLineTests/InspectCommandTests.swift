import Foundation
import TestSupport
import Testing

@Suite("atrest inspect")
struct InspectCommandTests {
  @Test(arguments: Sample.all)
  func `every sample is a snapshot in order`(sample: Sample) async throws {
    let call = try await Call.atrest("inspect", sample.path)
    #expect(call.status == 0)
    #expect(call.errors == "")
    #expect(call.lines.first?.hasPrefix("SNAPSHOT  \(sample.path)  ") == true)
    #expect(call.sentences.contains("; SHA-256 matches"))
    #expect(call.sentences.hasSuffix("atrest verify \(sample.path)") || call.output.contains("  atrest verify "))
    #expect(!call.output.contains("CANARY"))
  }

  @Test(arguments: Sample.all)
  func `JSON is as the schema says, with no member more`(sample: Sample) async throws {
    let call = try await Call.atrest("inspect", "--format", "json", sample.path)
    #expect(call.status == 0)
    #expect(call.errors == "")
    let document = try call.json()
    #expect(try JSONSchema.inspection().violations(in: document) == [])
    #expect(
      document["tool"]?["arguments"]?.elements?.compactMap(\.string) == ["inspect", "--format", "json", sample.path])
    let folder = URL(filePath: sample.path).deletingLastPathComponent()
    let truth = try JSONValue(
      parsing: String(decoding: Data(contentsOf: folder.appending(path: "truth.json")), as: UTF8.self))
    let snapshot = try #require(document["snapshots"]?[0])
    #expect(snapshot["path"] == .string(sample.path))
    #expect(snapshot["complete"] == .bool(true))
    #expect(snapshot["status"]?["liveKeys"] == truth["mvcc"]?["live_keys"])
    #expect(snapshot["status"]?["revision"] == truth["mvcc"]?["max_revision_in_key_bucket"])
    #expect(snapshot["file"]?["bytes"] == truth["size"])
    #expect(snapshot["ledgerTotal"] == truth["size"])
  }

  @Test func `what the ledger counts as in scope`() async throws {
    func bytesInScope(_ options: String...) async throws -> Double {
      let call = try await Call.atrest(["inspect", "--format", "json"] + options + [Sample.mixed.path])
      let entries = try call.json()["snapshots"]?[0]?["ledger"]?.elements ?? []
      guard case .number(let bytes)? = entries.first(where: { $0["kind"] == .string("live-in-scope") })?["bytes"] else {
        return 0
      }
      return bytes
    }
    let secrets = try await bytesInScope()
    #expect(secrets > 0)
    #expect(try await bytesInScope("--resource", "secrets") == secrets)
    #expect(try await bytesInScope("--resource", "*.*") > secrets)
    let call = try await Call.atrest("inspect", "--resource", "secret", Sample.mixed.path)
    #expect(call.status == 2)
    #expect(call.errors.contains("unknown resource 'secret'"))
  }

  @Test func `the figures of one sample`() async throws {
    let call = try await Call.atrest("inspect", Sample.tampered.path)
    #expect(
      call.output.contains(
        """
        etcdutl snapshot status
          hash        15df81
          revision    432
          total keys  440 up to etcd 3.5, which counts the rows of all buckets
                      358 from etcd 3.6 on, which counts live keys
          total size  620.0 KiB (634880 bytes)
          version     none: recorded since etcd 3.6

        """))
  }

  @Test func `what can't be read, or not whole, ends in 3`() async throws {
    let scratch = try Scratch()
    let bytes = try Sample.mixed.bytes
    var altered = bytes
    altered[altered.count - 1] ^= 1
    let files = [
      try scratch.path("empty.db", Data()), try scratch.path("text.db", Data("no snapshot".utf8)),
      try scratch.path("cut.db", bytes.prefix(800_000)), try scratch.path("altered.db", altered),
      scratch.path + "/missing.db",
    ]
    for file in files {
      let call = try await Call.atrest("inspect", "-q", file)
      #expect(call.status == 3, "\(file)")
      #expect(call.lines.count == 1)
      #expect(call.output.hasPrefix("UNREADABLE  ") || call.output.hasPrefix("DAMAGED  "))
    }
    let sound = [try scratch.path("bare.db", bytes.dropLast(32)), try scratch.path("longer.db", bytes + Data([1]))]
    let call = try await Call.atrest(["inspect", "--format", "json"] + files + sound)
    #expect(call.status == 3)
    let document = try call.json()
    #expect(try JSONSchema.inspection().violations(in: document) == [])
    let complete = document["snapshots"]?.elements?.compactMap { $0["complete"] }
    #expect(complete == (files.map { _ in .bool(false) } + sound.map { _ in .bool(true) }))
    for snapshot in document["snapshots"]?.elements ?? [] {
      #expect((snapshot["errors"] == .array([])) == (snapshot["complete"] == .bool(true)))
    }
  }

  @Test func `--no-hash leaves the SHA-256 out`() async throws {
    let scratch = try Scratch()
    var altered = try Sample.mixed.bytes
    altered[altered.count - 1] ^= 1
    let path = try scratch.path("altered.db", altered)
    let call = try await Call.atrest("inspect", "-q", "--no-hash", path)
    #expect(call.status == 0)
    #expect(call.output.hasSuffix("; SHA-256 not checked\n"))
  }

  @Test func `directories, and --ignore-unrecognized`() async throws {
    let scratch = try Scratch()
    try scratch.file("backups/notes.txt", Data("taken by hand".utf8))
    try scratch.file("backups/a.db", Sample.clean.bytes)
    try scratch.file("backups/b.db", Sample.plain.bytes)
    let directory = scratch.path + "/backups"
    let all = try await Call.atrest("inspect", directory)
    #expect(all.status == 3)
    #expect(all.output.hasSuffix("\n\n3 files: 2 read, 1 could not be read, or not whole\n"))
    let some = try await Call.atrest("inspect", "--quiet", "--ignore-unrecognized", directory)
    #expect(some.status == 0)
    #expect(some.lines.prefix(2).map { $0.split(separator: " ").first } == ["SNAPSHOT", "SNAPSHOT"])
    #expect(some.lines.dropFirst(2).first == "1 file was passed over, not inspected:")
    let none = try await Call.atrest("inspect", "--ignore-unrecognized", try scratch.emptyDirectory("backups/notes"))
    #expect(none.status == 3)
  }

  /// The one snapshot of a call, without what tells where it came from.
  private static func content(of call: Call) throws -> [String: JSONValue] {
    let document = try call.json()
    #expect(try JSONSchema.inspection().violations(in: document) == [])
    var snapshot = try #require(document["snapshots"]?[0]?.members)
    snapshot["path"] = nil
    #expect(snapshot.removeValue(forKey: "file")?["sha256"]?["status"]?.string == "match")
    return snapshot
  }

  @Test(arguments: [
    "cat \"$1\" | \"$0\" inspect --format json -", "\"$0\" inspect --format json - < \"$1\"",
    "gzip -c \"$1\" | \"$0\" inspect --format json -", "zstd -q -c \"$1\" | \"$0\" inspect --format json -",
    "tar -c -f - -C \"$(dirname \"$1\")\" snapshot.db | xz -0 | \"$0\" inspect --format json -",
    "(cd \"$(dirname \"$1\")\" && zip -q - snapshot.db) | \"$0\" inspect --format json -",
  ])
  func `a pipe and a container give the file's own figures`(script: String) async throws {
    for sample in [Sample.mixed, .clean, .tampered] {
      let file = try await Call.atrest("inspect", "--format", "json", sample.path)
      let pipe = try await Call.shell(script, [sample.path])
      #expect(pipe.status == 0)
      #expect(pipe.errors == "")
      #expect(try Self.content(of: pipe) == Self.content(of: file))
    }
  }

  @Test func `an archive of several snapshots gives several inspections`() async throws {
    let script = "tar -c -z -f - -C \"$1\" 03-aescbc-mixed/snapshot.db 06-aescbc-defragged/snapshot.db"
    let call = try await Call.shell("\(script) | \"$0\" inspect -q -", [Sample.directory.path()])
    #expect(call.status == 0)
    #expect(
      call.lines.map { $0.split(separator: " ")[1] } == [
        "-:03-aescbc-mixed/snapshot.db", "-:06-aescbc-defragged/snapshot.db",
      ])
    let text = try await Call.shell("\(script) | \"$0\" inspect -", [Sample.directory.path()])
    #expect(text.output.contains("bytes out of tar in gzip"))
    #expect(text.output.hasSuffix("\n2 files: 2 read\n"))
  }

  @Test func `ndjson tells of each snapshot in a line`() async throws {
    let call = try await Call.atrest(
      "inspect", "--format", "ndjson", Sample.clean.path, "missing.db", Sample.tampered.path)
    #expect(call.status == 3)
    let lines = try call.lines.map { try JSONValue(parsing: $0) }
    #expect(lines.map { $0["type"]?.string } == ["start", "snapshot", "snapshot", "snapshot", "end"])
    #expect(lines[1]["path"] == .string(Sample.clean.path))
    #expect(lines[2]["complete"] == .bool(false))
    #expect(lines[4]["complete"] == .bool(false))
    let document = try await Call.atrest("inspect", "--format", "json", Sample.clean.path).json()
    var record = try #require(lines[1].members)
    record["type"] = nil
    #expect(document["snapshots"]?[0]?.members == record)
    #expect(lines[0]["tool"]?["name"] == document["tool"]?["name"])
    #expect(lines[0]["schemaVersion"] == document["schemaVersion"])
  }

  @Test func `progress and cost are told on standard error`() async throws {
    for input in ["\"$1\"", "- < \"$1\""] {
      let call = try await Call.shell(
        "\"$0\" inspect -q --progress always --stats \(input)", [Sample.clean.path])
      #expect(call.status == 0)
      #expect(call.lines.count == 1)
      #expect(call.errors.contains("SHA-256"))
      #expect(call.errors.contains("B/s"))
    }
  }

  @Test(arguments: [1, 2, 8])
  func `several at once come in the order of the call`(jobs: Int) async throws {
    let paths = Sample.all.map(\.path)
    let call = try await Call.atrest(["inspect", "-q", "--jobs", "\(jobs)"] + paths)
    #expect(call.lines.map { $0.split(separator: " ").map(String.init)[1] } == paths)
  }

  @Test func `what is passed over is counted and named`() async throws {
    let scratch = try Scratch()
    try scratch.file("backups/a.db", Sample.clean.bytes)
    try scratch.file("backups/notes.txt", Data("taken by hand".utf8))
    let directory = scratch.path + "/backups"
    try FileManager.default.createSymbolicLink(atPath: directory + "/latest.db", withDestinationPath: "a.db")
    let quiet = try await Call.atrest("inspect", "-q", "--ignore-unrecognized", directory)
    #expect(quiet.status == 0)
    #expect(quiet.lines.count == 4)
    #expect(quiet.output.contains("\n2 files were passed over, not inspected:\n"))
    #expect(quiet.output.contains("latest.db: a symbolic link, not followed\n"))
    let json = try await Call.atrest("inspect", "--format", "json", "--ignore-unrecognized", directory)
    let document = try json.json()
    #expect(try JSONSchema.inspection().violations(in: document) == [])
    #expect(document["passedOver"]?.elements?.count == 2)
    let text = try await Call.atrest("inspect", "--ignore-unrecognized", directory)
    #expect(text.output.contains("\n1 file: 1 read; 2 files were passed over, not inspected:\n"))
    try scratch.file("backups/b.db", Data())
    let failed = try await Call.atrest("inspect", "-q", "--ignore-unrecognized", directory)
    #expect(failed.status == 3)
    #expect(failed.output.contains("UNREADABLE  \(directory)/b.db  the file is empty"))
  }

  @Test(arguments: ["/nosuch", "/"])
  func `a prefix under which nothing lies is named`(prefix: String) async throws {
    let call = try await Call.atrest("inspect", "-q", "--etcd-prefix", prefix, Sample.clean.path)
    #expect(call.status == 0)
    #expect(call.output.contains(", no secrets under \(prefix); "))
  }

  @Test func `--color`() async throws {
    let call = try await Call.atrest("inspect", "--color", "always", Sample.clean.path)
    #expect(call.output.hasPrefix("\u{1B}[1;32mSNAPSHOT\u{1B}[0m  "))
    #expect(!(try await Call.atrest("inspect", Sample.clean.path)).output.contains("\u{1B}"))
  }
}

extension Scratch {
  /// A directory with a file in it that is no snapshot; answers its path.
  fileprivate func emptyDirectory(_ name: String) throws -> String {
    try file("\(name)/README", Data("nothing here".utf8))
    return path + "/" + name
  }
}
