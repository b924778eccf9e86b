import BoltFormat
import EtcdStorage
import Foundation
import KubernetesStorage
import SnapshotInput
import SnapshotInspection
import SnapshotVerification
import TestSupport
import Testing
import VerificationModel

/// The ledger is held against a map of the file's bytes that shares no code with it.
@Suite("Every byte of a file is in one entry of the ledger")
struct LedgerTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private static func entries(_ ledger: Ledger) -> [BytePainter.Color: Int] {
    Dictionary(
      uniqueKeysWithValues: ledger.entries.map { entry in
        (entry.kind.name + (entry.kind.bucket.map { "/\($0)" } ?? ""), Int(entry.bytes))
      })
  }

  /// Expects that the ledger of `inspection` says what a painter of `bytes` says.
  private static func expect(
    _ inspection: Inspection, of bytes: [UInt8], secretsIn directories: [[UInt8]]? = nil,
    _ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let ledger = try #require(inspection.ledger, comment, sourceLocation: sourceLocation)
    #expect(ledger.total == UInt64(bytes.count), comment, sourceLocation: sourceLocation)
    #expect(inspection.file.bytes == ledger.total, comment, sourceLocation: sourceLocation)
    guard var painter = directories.map({ BytePainter(bytes, secretsIn: $0) }) ?? BytePainter(bytes) else {
      #expect(entries(ledger) == ["damage": bytes.count], comment, sourceLocation: sourceLocation)
      return
    }
    let painted = try painter.paint()
    #expect(painter.mistakes == [], comment, sourceLocation: sourceLocation)
    #expect(entries(ledger) == painted, comment, sourceLocation: sourceLocation)
  }

  private func inspect(_ bytes: [UInt8], _ inspector: Inspector = Inspector()) throws -> Inspection {
    inspector.inspect(path: try directory.file("backup.db", bytes))
  }

  private func streamed(_ bytes: [UInt8], _ inspector: Inspector = Inspector()) async throws -> Inspection {
    let plain = try directory.file("plain.db", bytes)
    let packed = directory.path + "/packed.gz"
    let gzip = try await ChildProcess(["sh", "-c", "gzip -1 -c \"$0\" > \"$1\"", plain, packed], in: directory.path)
    try #require(gzip.status == 0, "\(gzip.errors)")
    return inspector.inspect(path: packed)
  }

  private static func bytes(at path: String) throws -> [UInt8] { try [UInt8](Data(contentsOf: URL(filePath: path))) }

  // MARK: Files

  @Test("Of every real snapshot", arguments: SnapshotFixture.all)
  func real(_ fixture: SnapshotFixture) throws {
    try Self.expect(FixtureInspection.of(fixture), of: Self.bytes(at: fixture.path()))
  }

  /// Forged files: those of the tests, and more where they stand beside the repository.
  private static let forgedFiles: [String] = {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let folders = ["TestSupport/Fixtures", "../../shared/trials"].map { tests.appending(path: $0).standardizedFileURL }
    let files = folders.flatMap { folder in
      (FileManager.default.enumerator(atPath: folder.path(percentEncoded: false))?.compactMap { $0 as? String } ?? [])
        .map { folder.appending(path: $0).path(percentEncoded: false) }
    }
    return files.filter { path in
      let name = path.split(separator: "/").last ?? ""
      return name.hasSuffix(".db") || name == "db" || name.hasPrefix("etcd-snapshot")
    }.sorted()
  }()

  @Test("Of every forged file", arguments: forgedFiles)
  func forged(path: String) async throws {
    let bytes = try Self.bytes(at: path)
    guard !bytes.isEmpty else { return }
    let inspection = try inspect(bytes)
    try Self.expect(inspection, of: bytes)
    let stream = try await streamed(bytes)
    #expect(stream.ledger?.total ?? 0 == stream.file.bytes)
    if inspection.isComplete, stream.isComplete { #expect(stream.ledger == inspection.ledger) }
  }

  @Test(
    "Of the members of archives, and of what is compressed",
    arguments: [
      "crash-containers/two.gz", "crash-containers/two.xz", "crash-containers/two.zst", "crash-containers/two.bz2",
      "crash-containers/two.lz4", "crash-containers/pax-size.tar", "zip-concat/two.zip", "rke1-archive/snapshot.zip",
      "gardener/Full-00000000-00000500-1700000000.gz", "gardener/Full-00000000-00000500-1700000000.lzw",
    ])
  func containers(file: String) throws {
    let list = InputList(arguments: [Trial("").path(file)])
    let inspections = list.entries.flatMap { Inspector().inspect($0).snapshots }
    #expect(!inspections.isEmpty)
    for inspection in inspections { #expect(inspection.ledger?.total ?? 0 == inspection.file.bytes) }
  }

  @Test(
    "Of stores of all shapes", .tags(.exhaustive),
    arguments: Exhaustive.sample(40, of: (1...400).map { UInt64($0) }))
  func generated(seed: UInt64) async throws {
    let store = GeneratedStore(seed: seed)
    guard !store.isUnruly else { return }
    let bytes = try store.image.snapshot()
    let inspection = try inspect(bytes)
    let directories = store.prefixes.filter { $0 != "/openshift.io" }.map { BytePainter.secrets(below: Array($0.utf8)) }
    try Self.expect(inspection, of: bytes, secretsIn: directories)
    let stream = try await streamed(bytes)
    #expect(stream.ledger?.total == UInt64(bytes.count))
    if stream.isComplete { #expect(stream.ledger == inspection.ledger) }
  }

  // MARK: Damage

  @Test(
    "Of files that were changed where their format has something to change", .tags(.exhaustive),
    arguments: Exhaustive.sample(60, of: (1...3000).map { UInt64($0) }))
  func mutated(seed: UInt64) async throws {
    let store = GeneratedStore(seed: seed % 37 + 1)
    var mutation = SnapshotMutation(try store.image.snapshot())
    var random = SeededGenerator(seed: seed)
    for _ in 0..<random.count(1...4) { mutation.mutate(&random) }
    if random.isOne(in: 2) { mutation.sealMetas() }
    let inspection = try inspect(mutation.bytes)
    // Which prefixes are real may follow from a row that was changed: then what is in scope does too.
    let directories = inspection.resources.compactMap { $0.resource == "secrets" ? $0.prefix?.bytes : nil }
      .filter { $0.suffix(13) != Array("/openshift.io".utf8)[...] }.map(BytePainter.secrets)
    try Self.expect(inspection, of: mutation.bytes, secretsIn: directories)
    let stream = try await streamed(mutation.bytes)
    #expect(stream.ledger?.total ?? 0 == stream.file.bytes)
  }

  @Test("Of a snapshot that was cut, or has more behind it", arguments: [false, true])
  func cut(isHashed: Bool) async throws {
    let whole = try Self.writer().image(Self.root()).snapshot()
    let counts = [
      whole.count - 1, whole.count - 31, whole.count - 32, whole.count - 33, 9 * 512 + 32, 9 * 512 + 7, 513,
    ]
    for count in counts {
      let bytes = Array(whole.prefix(count))
      let inspector = Inspector(checksHash: isHashed)
      if isHashed { try Self.expect(inspect(bytes), of: bytes, "\(count)") }
      for inspection in [try inspect(bytes, inspector), try await streamed(bytes, inspector)] {
        #expect(inspection.ledger?.total ?? 0 == inspection.file.bytes, "\(count)")
      }
    }
    for tail in [[1], [UInt8](repeating: 7, count: 480), [UInt8](repeating: 0, count: 5000)] {
      let bytes = whole + tail
      let inspector = Inspector(checksHash: isHashed)
      let inspections = [try inspect(bytes, inspector), try await streamed(bytes, inspector)]
      #expect(inspections[0].ledger == inspections[1].ledger)
      #expect(inspections[0].ledger?.total == UInt64(bytes.count))
      if isHashed {
        try Self.expect(inspections[0], of: bytes)
        #expect(inspections[0].ledger?[.behindTrailer] == UInt64(tail.count))
      } else {
        #expect(inspections[0].ledger?[.beyondHighWaterMark] ?? 0 >= UInt64(tail.count))
      }
    }
  }

  @Test("Of other files nothing is known but the size")
  func unrecognized() throws {
    let inspection = try inspect(Array("no database".utf8))
    #expect(inspection.ledger == .unreadable(bytes: 11))
    #expect(Inspector().inspect(path: "/nowhere/backup.db").ledger == nil)
  }

  // MARK: Kinds

  private static func writer() -> BoltWriter {
    var writer = BoltWriter(pageSize: 512)
    writer.packing.rowsPerLeaf = 3
    return writer
  }

  private static let etcd = EtcdWriter(
    .v36,
    [.put("/registry/configmaps/default/larger", [UInt8](repeating: 65, count: 1300))]
      + (0..<12).flatMap { number -> [EtcdWriter.Operation] in
        let name = "s\(number)"
        return [
          .put("/registry/secrets/default/\(name)", StoredSecret.plaintext()),
          .put("/registry/pods/default/\(name)", "1"),
          .put("/registry/pods/default/\(name)", "22"),
          .put("/registry/secrets/default/\(name)", StoredSecret.plaintext() + [0]),
        ]
      } + [
        .put("/registry/configmaps/default/large", [UInt8](repeating: 65, count: 1200)),
        .delete("/registry/secrets/default/s3"),
      ])

  private static func root() -> BoltBucket {
    var root = etcd.root
    root["key"]?.layout = .pages
    root["lease"] = BoltBucket([.init("a", [1, 2, 3])])
    root["lease"]?.layout = .pages
    root["s3cr3t"] = BoltBucket([.init("bb", [1, 2])])
    return root
  }

  @Test("There is a file that has all of them but damage")
  func kinds() async throws {
    var writer = Self.writer()
    writer.freelist = .stored
    writer.freePages = [90: [1], 91: [0]]
    var rows = Self.etcd.rows.map(\.entry)
    let key = Array("/registry/pods/default/odd".utf8)
    var message = ProtobufWriter()
    message.bytes(1, key)
    message.bytes(9, [UInt8](repeating: 9, count: 40))
    message.bytes(5, [1])
    rows.append(.init(EtcdWriter.Row(main: 900, keyValue: .init(key: key)).boltKey, message.bytes))
    var root = Self.root()
    root["key"] = BoltBucket(rows)
    root["key"]?.layout = .pages
    var image = writer.image(root)
    let leaves = image.leafPages(ofBucket: "key")
    let short = try #require(leaves.first { $0.overflow == 0 })
    let long = try #require(leaves.filter { $0.overflow > 0 }.last)
    image.patch(page: short.number, offset: 511, bytes: [1])
    image.patch(page: long.number, offset: 512 * Int(long.overflow + 1) - 1, bytes: [1])
    let bytes = try image.snapshot() + [1, 2]
    let inspection = try inspect(bytes)
    try Self.expect(inspection, of: bytes)
    let names = Set(try #require(inspection.ledger).entries.map(\.kind.name))
    #expect(
      names.isSuperset(of: [
        "structure", "live-in-scope", "live-out-of-scope", "history-in-scope", "history-out-of-scope", "row-margin",
        "other-bucket", "freelist-page", "free-page", "free-page-zero", "page-end", "page-end-zero", "overflow-end",
        "overflow-end-zero", "sha-256", "behind-sha-256",
      ]))
    let ledger = try #require(inspection.ledger)
    #expect(ledger[.bucket("lease")] == 4 && ledger[.bucket(nil)] == 4)
    #expect(try await streamed(bytes).ledger == ledger)
  }

  @Test("What is in scope is for the caller to say")
  func scope() async throws {
    let bytes = try Self.writer().image(Self.root()).snapshot()
    let secrets = try #require(inspect(bytes).ledger)
    let all = try #require(inspect(bytes, Inspector(resources: [.all])).ledger)
    for part in Ledger.Store.allCases {
      #expect(all[.values(part, inScope: false)] == 0)
      #expect(
        all[.values(part, inScope: true)]
          == secrets[.values(part, inScope: true)] + secrets[.values(part, inScope: false)])
    }
    let pods = Inspector(resources: [.resource(GroupResource("pods"))])
    #expect(try #require(inspect(bytes, pods).ledger)[.values(.live, inScope: true)] == 24)
    #expect(try await streamed(bytes, pods).ledger == inspect(bytes, pods).ledger)
  }

  @Test("Rows of another cluster than the one that is named are out of scope, and in the ledger all the same")
  func otherCluster() async throws {
    var etcd = Self.etcd
    let namespace = StoredSecret.object(apiVersion: "v1", kind: "Namespace", [])
    for prefix in ["/registry", "/other"] {
      etcd.apply(.put("\(prefix)/namespaces/kube-system", namespace))
      etcd.apply(.put("\(prefix)/secrets/default/a", StoredSecret.plaintext()))
    }
    etcd.apply(.delete("/other/secrets/default/a"))
    let bytes = try Self.writer().image(etcd.root).snapshot()
    let inspector = Inspector(etcdPrefix: EtcdPrefix("/registry"))
    let inspection = try inspect(bytes, inspector)
    try Self.expect(inspection, of: bytes, secretsIn: [BytePainter.secrets(below: Array("/registry".utf8))])
    #expect(try await streamed(bytes, inspector).ledger == inspection.ledger)
    #expect(inspection.resources.compactMap(\.prefix).allSatisfy { $0 == EtcdPrefix("/registry") })
  }

  // MARK: The words of a verification

  @Test("A find in a part of the file that holds no values is told in the words of the ledger")
  func words() throws {
    let hidden = [
      ("lease", BoltBucket.Layout.pages, Ledger.Kind.bucket("lease")), ("members", .inline, .bucket("members")),
      ("s3cr3t", .inline, .bucket(nil)), ("s3cr3t", .pages, .bucket(nil)),
    ]
    for (name, layout, kind) in hidden {
      var root = EtcdWriter(.v36, [.put("/registry/secrets/default/a", StoredSecret.sealed(.secretbox, "key1"))]).root
      root["key"]?.layout = .pages
      root[name] = BoltBucket([.init("a", StoredSecret.plaintext())])
      root[name]?.layout = layout
      let bytes = try BoltWriter().image(root).snapshot()
      let report = try report(on: bytes, Policy())
      #expect(report.findings.map(\.message) == ["a plaintext value of secrets lies in \(kind.description)"])
      #expect(report.findings.map(\.reason) == [kind.name])
      let ledger = try #require(inspect(bytes).ledger)
      #expect(ledger[kind] >= UInt64(StoredSecret.plaintext().count))
    }
  }
}
