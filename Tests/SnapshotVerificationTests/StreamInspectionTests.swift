import BoltFormat
import EtcdStorage
import Foundation
import KubernetesStorage
import Reporting
import SnapshotInspection
import TestSupport
import Testing
import VerificationModel

@Suite("What comes through a stream has the figures of the file")
struct StreamInspectionTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  /// The inspection of the file at `path`, packed by `gzip`.
  private func streamed(_ path: String, _ inspector: Inspector = Inspector()) async throws -> Inspection {
    let packed = directory.path + "/packed.gz"
    let gzip = try await ChildProcess(["sh", "-c", "gzip -1 -c \"$0\" > \"$1\"", path, packed], in: directory.path)
    try #require(gzip.status == 0, "\(gzip.errors)")
    let inspections = inspector.inspect(path: packed)
    #expect(inspections.file.containers == [.gzip])
    return inspections
  }

  /// The JSON of an inspection, without what tells where the file came from.
  private static func content(of inspection: Inspection) throws -> [String: JSONValue] {
    let invocation = Invocation(toolVersion: "", arguments: [], startedAt: Date(timeIntervalSince1970: 0))
    let document = try JSONValue(
      parsing: try InspectionJSON.render([inspection], invocation: invocation, duration: .zero))
    var content = try #require(document["snapshots"]?[0]?.members)
    content["path"] = nil
    content["file"] = content["file"]?["sha256"]
    return content
  }

  private func expectEqual(_ stream: Inspection, _ file: Inspection) throws {
    let (stream, file) = (try Self.content(of: stream), try Self.content(of: file))
    for member in Set(stream.keys).union(file.keys) { #expect(stream[member] == file[member], "\(member)") }
  }

  @Test("Of every real snapshot", arguments: SnapshotFixture.all)
  func fixtures(_ fixture: SnapshotFixture) async throws {
    let file = try FixtureInspection.of(fixture)
    #expect(file.isComplete)
    try expectEqual(try await streamed(fixture.path()), file)
  }

  @Test(
    "Of stores of all shapes", .tags(.exhaustive),
    arguments: Exhaustive.sample(15, of: (1...60).map { UInt64($0) }))
  func generated(seed: UInt64) async throws {
    let store = GeneratedStore(seed: seed)
    guard store.isForTheScan, store.prefixes.count == 1, !store.isUnruly else { return }
    let path = try directory.file("backup.db", store.image.snapshot())
    let inspector = Inspector(etcdPrefix: EtcdPrefix(store.prefixes[0]))
    var stream = try await streamed(path, inspector)
    // What can't be told in one pass is an error; here it is of no account.
    if stream.errors.map(\.code) == ["ambiguous-stream"] { stream.errors = [] }
    try expectEqual(stream, inspector.inspect(path: path))
  }

  @Test("Of a copy of a member's database, and without the hash")
  func rawCopy() async throws {
    var writer = BoltWriter()
    writer.metas = .rawCopy
    let before = EtcdWriter(.v36, [.put("/registry/secrets/default/a", StoredSecret.plaintext())])
    var after = before
    after.apply(.delete("/registry/secrets/default/a"))
    after.apply(.put("foo", Array("bar".utf8)))
    after.apply(.delete("foo"))
    let path = try directory.file("db", writer.image(after.root, previous: before.root).bytes)
    for inspector in [Inspector(), Inspector(checksHash: false)] {
      let file = inspector.inspect(path: path)
      #expect(file.bolt?.origin == .rawCopy)
      try expectEqual(try await streamed(path, inspector), file)
    }
  }

  @Test("Of a damaged page the rest counts, and the hash is not that of the whole", arguments: [0, 1, 2])
  func damaged(place: Int) async throws {
    let image = BoltWriter(pageSize: 512).image(
      EtcdWriter(.v36, (0..<200).map { .put("/registry/secrets/default/\($0)", StoredSecret.plaintext()) }).root)
    var bytes = try image.snapshot()
    let leaves = image.leafPages(ofBucket: "key")
    let leaf = leaves[leaves.count * place / 3]
    bytes[leaf.offset + 8] ^= 0xFF
    let path = try directory.file("backup.db", bytes)
    for inspection in [Inspector(checksHash: false).inspect(path: path), try await streamed(path)] {
      #expect(!inspection.isComplete)
      #expect(inspection.status?.isHashComparable == false)
      #expect((inspection.etcd?.revisions ?? 0) < 200)
      #expect((inspection.etcd?.revisions ?? 0) > 100)
    }
  }

  @Test("A stream that breaks off is told, whatever could be read counts")
  func truncated() async throws {
    let fixture = try #require(SnapshotFixture.all.first)
    let bytes = try Data(contentsOf: URL(filePath: fixture.path()))
    let path = try directory.file("cut.db", Array(bytes.prefix(bytes.count / 2)))
    let inspection = try await streamed(path)
    #expect(!inspection.isComplete)
    #expect(inspection.errors.contains { $0.code == "truncated" })
    #expect(inspection.status?.isHashComparable == false)
    #expect(inspection.status != nil)
    #expect(inspection.pages?.unreachable ?? 0 > 0)
  }
}
