import Foundation
import TestSupport
import Testing

@Suite("Bad input: a clear sentence, status 3, and whatever could still be read")
struct BadInputTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// Verifies `path`, which can't be; answers the text report, unwrapped.
  private func complaint(about path: String) async throws -> String {
    let call = try await Call.atrest("verify", path)
    #expect(call.status == 3)
    #expect(call.errors == "")
    #expect(call.output.hasPrefix("ERROR  "))
    #expect(call.output.contains("\nErrors ("))
    #expect(call.lines.first?.contains("…") == false, "a pipe gets whole lines")
    let quiet = try await Call.atrest("verify", "--quiet", path)
    #expect(quiet.status == 3)
    #expect(quiet.output.hasPrefix("ERROR  \(path)  "))
    #expect(quiet.lines.count == 1)
    let report = try await Call.atrest("verify", "--format", "json", path).json()
    #expect(try JSONSchema.report().violations(in: report) == [])
    #expect(report["verdict"] == .string("error"))
    return call.sentences
  }

  @Test func `an empty file`() async throws {
    let complaint = try await complaint(about: scratch.path("empty.db", Data()))
    #expect(complaint.contains("empty.db the file is empty; nothing was read"))
    #expect(complaint.contains("Find out why the backup that wrote this file failed."))
  }

  @Test(arguments: ["verify", "inspect"])
  func `standard input from which nothing comes`(command: String) async throws {
    let next = "Next: Let a program write the snapshot to standard input"
    for (input, message) in [
      ("<&-", "standard input is closed: let a program write a snapshot to it, or name a file"),
      ("< /dev/null", "nothing came by standard input"),
    ] {
      let call = try await Call.shell("exec \"$0\" \(command) - \(input)", [])
      #expect(call.status == 3)
      #expect(call.lines[0].contains(" -  \(message)"))
      #expect(call.sentences.contains(next))
    }
    let pipe = try await Call.shell("true | \"$0\" \(command) -", [])
    #expect(pipe.status == 3)
    #expect(pipe.lines[0].contains(" -  nothing came by standard input"))
    let directory = try await Call.shell("exec \"$0\" \(command) - < /", [])
    #expect(directory.status == 3)
    #expect(directory.lines[0].contains(" -  standard input is a directory: name it as an input instead"))
  }

  @Test func `two snapshots in one file are never passed for one`() async throws {
    let (one, two) = try (Sample.clean.bytes, Sample.secretbox.bytes)
    try scratch.file("one.db", one)
    try scratch.file("two.db", two)
    let message = "a second snapshot begins at offset \(one.count) and was not examined"
    let both = try scratch.path("both.db", one + two)
    let bare = try scratch.path("bare.db", one.dropLast(32) + two)
    for path in [both, bare] {
      let call = try await Call.atrest("verify", path)
      #expect(call.status == 3)
      let place = path.hasSuffix("bare.db") ? one.count - 32 : one.count
      #expect(call.sentences.contains("a second snapshot begins at offset \(place) and was not examined"))
    }
    let inspection = try await Call.atrest("inspect", scratch.path + "/both.db")
    #expect(inspection.status == 3)
    #expect(inspection.output.contains(message))
    for script in ["cat one.db two.db", "{ gzip -c one.db; gzip -c two.db; }", "{ zstd -qc one.db; zstd -qc two.db; }"]
    {
      let call = try await Call.shell("cd \"$1\" && \(script) | \"$0\" verify -", [scratch.path])
      #expect(call.status == 3)
      #expect(call.output.contains(message))
      #expect(call.sentences.contains("still read: 32 secrets encrypted"))
    }
  }

  @Test func `objects that the API server shows are no snapshot, and the Secrets among them are told`() async throws {
    let secret =
      #"{"apiVersion":"v1","kind":"Secret","metadata":{"name":"db","namespace":"prod"},"data":{"password":"aHVudGVyMg=="}}"#
    let list = #"{"apiVersion":"v1","kind":"List","items":["# + secret + "]}"
    let path = try scratch.path("secrets.json", Data(list.utf8))
    let complaint = try await complaint(about: path)
    #expect(
      complaint.contains("Kubernetes objects, not an etcd snapshot: take a snapshot"))
    #expect(complaint.contains("; this file holds 1 plaintext object"))
    #expect(complaint.contains("HIGH plaintext-elsewhere (1)"))
    #expect(complaint.contains("Guard this file like the secrets in it"))
    #expect(!complaint.contains("hunter2") && !complaint.contains("aHVudGVyMg"))
    let piped = try await Call.shell("\"$0\" verify -q - < \"$1\"", [path])
    #expect(piped.status == 3)
    #expect(piped.output.hasSuffix("; this file holds 1 plaintext object\n"))
    let inspection = try await Call.atrest("inspect", path)
    #expect(inspection.status == 3)
    #expect(inspection.output.contains("Kubernetes objects, not an etcd snapshot"))
    #expect(!inspection.output.contains("passed over"))

    try scratch.file("velero/resources/secrets/namespaces/prod/db.json", Data(secret.utf8))
    try scratch.file("velero/metadata/version", Data("1.1.0\n".utf8))
    for members in ["resources metadata", "./resources ./metadata"] {
      let tar = scratch.path + "/velero.tgz"
      _ = try await Call.shell("cd \"$1\" && tar -c -z -f \"$2\" \(members)", [scratch.path + "/velero", tar])
      let call = try await Call.atrest("verify", "-q", tar)
      #expect(call.status == 3)
      #expect(
        call.output.contains("ERROR  \(tar)  a Velero backup, not an etcd snapshot: guard it, for it may hold "))
      #expect(call.output.contains("with 1 plaintext object in it"))
    }
    let directory = try await Call.atrest("verify", "-q", scratch.path + "/velero")
    #expect(directory.status == 3)
    #expect(directory.output.contains("no snapshot among the files found"))
    #expect(directory.output.contains("with 1 plaintext object in it"))
  }

  @Test func `a missing file`() async throws {
    let complaint = try await complaint(about: scratch.path + "/missing.db")
    #expect(complaint.contains("missing.db no such file or directory; nothing was read"))
  }

  @Test func `an empty directory`() async throws {
    try scratch.file("empty/x", Data())
    try FileManager.default.removeItem(at: scratch.directory.appending(path: "empty/x"))
    let complaint = try await complaint(about: scratch.path + "/empty")
    #expect(complaint.contains("the directory holds no files; nothing was read"))
    #expect(complaint.contains("If snapshots should be there, find out why they are not."))
  }

  @Test func `a directory without snapshots`() async throws {
    try scratch.file("docs/a.txt", Data("some text".utf8))
    try scratch.file("docs/b.txt", Data(repeating: 65, count: 20_000))
    let call = try await Call.atrest("verify", scratch.path + "/docs")
    #expect(call.status == 3)
    #expect(call.sentences.contains("docs/a.txt text, not an etcd snapshot: "))
    #expect(call.sentences.contains("docs/b.txt base64 text, not an etcd snapshot: "))
    #expect(call.lines.last == "2 snapshots: 2 could not be verified")
  }

  @Test func `a device`() async throws {
    let complaint = try await complaint(about: "/dev/null")
    #expect(complaint.contains("/dev/null neither a regular file nor a directory; nothing was read"))
  }

  @Test(.enabled(if: !Self.isRoot, "root may read every directory"))
  func `a directory that may not be read`() async throws {
    let path = try scratch.path("closed/a.db", Sample.clean.bytes).dropLast("/a.db".count)
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: String(path))
    let complaint = try await complaint(about: String(path))
    #expect(complaint.contains("closed the directory can't be listed: permission denied; nothing was read"))
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: String(path))
  }

  @Test(.enabled(if: !Self.isRoot, "root may read every file"))
  func `a file that may not be read`() async throws {
    let path = try scratch.path("secret.db", Sample.clean.bytes)
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
    let complaint = try await complaint(about: path)
    #expect(complaint.contains("secret.db permission denied; nothing was read"))
  }

  private static var isRoot: Bool { getuid() == 0 }

  @Test func `random bytes`() async throws {
    var random = SeededGenerator(seed: 42)
    for count in [1, 79, 80, 4096, 65_536, 200_000] {
      let complaint = try await complaint(about: scratch.path("random.db", Data(random.bytes(count))))
      #expect(complaint.contains("bbolt database"))
      #expect(complaint.contains("nothing was read"))
    }
  }

  @Test(arguments: [
    ("gzip", "1f8b0800"), ("zstd", "28b52ffd"), ("xz", "fd377a585a00"), ("lz4", "04224d18"), ("bzip2", "425a6839"),
    ("zip", "504b0304"), ("zlib", "789c"), ("zlib", "7801"),
  ])
  func `what begins like a compressed file`(container: String, mark: String) async throws {
    var random = SeededGenerator(seed: 7)
    let bytes = [UInt8](hex: mark) + random.bytes(100_000)
    let complaint = try await complaint(about: scratch.path("snapshot.db", Data(bytes)))
    #expect(complaint.contains("nothing was read"))
  }

  @Test(arguments: [1, 2, 3, 20, 73, 141])
  func `a snapshot cut after so many of its 142 pages`(pages: Int) async throws {
    let path = try scratch.path("cut.db", Sample.clean.bytes.prefix(pages * 4096))
    let complaint = try await complaint(about: path)
    #expect(complaint.contains("cut.db truncated: the meta page counts 142 pages, the file holds \(pages)"))
    #expect(complaint.contains("take a new snapshot"))
  }

  @Test func `a snapshot cut inside a page`() async throws {
    let path = try scratch.path("cut.db", Sample.clean.bytes.prefix(100 * 4096 + 17))
    #expect(try await complaint(about: path).contains("the file holds 100"))
  }

  @Test func `what lies before a cut is reported`() async throws {
    let path = try scratch.path("cut.db", Sample.plain.bytes.prefix(156 * 4096))
    let complaint = try await complaint(about: path)
    #expect(complaint.contains("truncated: the meta page counts 158 pages, the file holds 156"))
    #expect(complaint.contains("still read: all 32 secrets and 9 old revisions are plaintext"))
    #expect(complaint.contains("CRITICAL plaintext-live (32)"))
  }

  @Test func `a SHA-256 that was cut`() async throws {
    let path = try scratch.path("cut.db", Sample.clean.bytes.dropLast(14))
    let complaint = try await complaint(about: path)
    #expect(complaint.contains("truncated: of the 32 bytes of SHA-256 at its end, 18 are left; still read: 32 secrets"))
  }

  @Test func `a SHA-256 that does not match`() async throws {
    var bytes = try Sample.mixed.bytes
    bytes[bytes.count - 5] ^= 0xFF
    let complaint = try await complaint(about: scratch.path("wrong.db", bytes))
    #expect(
      complaint.contains(
        "the content does not match the SHA-256 at its end: the file was damaged or altered after it was saved; "
          + "still read: 10 of 44 secrets and 28 old revisions are plaintext"))
    #expect(complaint.contains("CRITICAL hash-mismatch (1)"))
    #expect(complaint.contains("CRITICAL plaintext-live (10)"))
    #expect(complaint.contains("Don't restore this file"))
  }

  @Test func `a damaged page in the tree hides no other`() async throws {
    let whole = try await Call.atrest("verify", "--format", "json", Sample.mixed.path).json()
    let findings = try #require(whole["snapshots"]?[0]?["findings"]?.elements)
    var bytes = try Sample.mixed.bytes
    let pages = Set(findings.filter { $0["layer"] == .string("live") }.compactMap { $0["page"]?.number }.map(Int.init))
    // A page that begins with its own number is the first of its run.
    let page = try #require(pages.sorted().first { Int(bytes[$0 * 4096]) | Int(bytes[$0 * 4096 + 1]) << 8 == $0 })
    bytes.replaceSubrange(page * 4096 + 8..<page * 4096 + 16, with: Data(repeating: 0xFF, count: 8))
    let path = try scratch.path("damaged.db", bytes)
    let complaint = try await complaint(about: path)
    #expect(complaint.contains("(page \(page), offset"))
    #expect(complaint.contains("CRITICAL damaged-page (1)"))
    #expect(complaint.contains("CRITICAL plaintext-live ("))
    let report = try await Call.atrest("verify", "--no-hash", "--format", "json", path).json()
    let errors = try #require(report["snapshots"]?[0]?["errors"]?.elements)
    #expect(errors.count == 1)
    #expect(errors.first?["page"] == .number(Double(page)))
    #expect(errors.first?["offset"]?.number.map { Int($0) / 4096 } == page)
    let found = report["snapshots"]?[0]?["findingCounts"]?["plaintext-live"]?.number ?? 0
    #expect((1..<10).contains(found))
  }

  @Test func `both meta pages overwritten`() async throws {
    var bytes = try Sample.clean.bytes
    bytes.replaceSubrange(0..<8192, with: Data(repeating: 0, count: 8192))
    let complaint = try await complaint(about: scratch.path("zeroed.db", bytes))
    #expect(complaint.contains("not a bbolt database: neither meta page carries its magic number"))
  }

  @Test func `one meta page overwritten`() async throws {
    var bytes = try Sample.clean.bytes
    bytes.replaceSubrange(16..<80, with: Data(repeating: 0, count: 64))
    let complaint = try await complaint(about: scratch.path("meta.db", bytes))
    #expect(complaint.contains("still read: 32 secrets encrypted"))
    #expect(complaint.contains("(page 0, offset 16)"))
  }

  @Test func `a bbolt database of another program`() async throws {
    let image = BoltWriter().image(BoltBucket(["jobs": BoltBucket([.init(Array("a".utf8), Array("b".utf8))])]))
    let complaint = try await complaint(about: scratch.path("jobs.db", Data(image.bytes)))
    #expect(complaint.contains("bucket `key`, which holds etcd's rows, is missing: not an etcd database"))
  }

  @Test func `a row whose value is no protobuf`() async throws {
    var etcd = EtcdWriter(.v36, [.sealedSecret("/registry/secrets/default/a")])
    let row = EtcdWriter.Row(main: 9, keyValue: .init(key: []))
    etcd.rawRows = [.init(row.boltKey, [0xFF, 0xFF, 0xFF])]
    let path = try scratch.path("row.db", Data(BoltWriter().image(etcd.root).snapshot()))
    let complaint = try await complaint(about: path)
    #expect(complaint.contains("still read: 1 secret encrypted"))
    #expect(complaint.contains("(page "))
  }
}
