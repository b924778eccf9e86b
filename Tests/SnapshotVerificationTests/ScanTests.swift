import BoltFormat
import KubernetesStorage
import TestSupport
import Testing

@Suite("The scan finds what the walk of the tree finds")
struct ScanTests {
  private static let plain = StoredSecret.plaintext()
  private static let sealed = StoredSecret.sealed(.secretbox, "key1")
  private static let namespace = EtcdWriter.Operation.put(
    "/registry/namespaces/kube-system", StoredSecret.object(apiVersion: "v1", kind: "Namespace", []))

  @Test("In real snapshots, on its own", arguments: SnapshotFixture.all, NamedPolicy.all)
  func fixtures(_ fixture: SnapshotFixture, _ named: NamedPolicy) throws {
    let harness = ScanHarness(path: try fixture.path(), named.policy)
    #expect(harness.expected.errors == [])
    #expect(try harness.isReadByScan())
    #expect(harness.differences(workers: 2) == [])
    #expect(harness.differences(workers: 3, blockBytes: 1 << 14) == [])
  }

  @Test(
    "In generated files, whatever the blocks and however many the workers", .tags(.exhaustive),
    arguments: Exhaustive.sample(60, of: 0..<300 as Range<UInt64>))
  func generated(seed: UInt64) throws {
    let store = GeneratedStore(seed: seed)
    let trailer = [UInt8](repeating: 7, count: seed % 4 == 0 ? 32 : 0)
    var policy = NamedPolicy.all[Int(seed) % NamedPolicy.all.count].policy
    if seed % 3 > 0 { policy.hash = .skipped }
    let harness = try ScanHarness(store.image.bytes + trailer, policy)
    let page = store.image.pageSize
    #expect(harness.differences(workers: 1, blockBytes: page) == [])
    #expect(harness.differences(workers: 2, blockBytes: page << (seed % 5)) == [])
    #expect(harness.differences(workers: 1 + Int(seed % 3), blockBytes: 1 << 24) == [])
    if !store.isForTheScan {
      #expect(try !harness.isReadByScan())
    }
    #expect(harness.expected.etcd?.liveKeys == store.liveKeys)
    #expect(harness.expected.etcd?.revisions == store.etcd.rows.count + store.etcd.rawRows.count)
    #expect(harness.expected.etcd?.tombstones == store.etcd.tombstones.count)
  }

  @Test(
    "In generated files, on its own wherever they are sound", .tags(.exhaustive),
    arguments: Exhaustive.sample(20, of: 1000..<1100 as Range<UInt64>))
  func generatedSecrets(seed: UInt64) throws {
    let store = GeneratedStore(seed: seed)
    let harness = try ScanHarness(store.image.bytes)
    let mayBeMisplaced = store.isUnruly || store.prefixes.contains("/openshift.io")
    if !mayBeMisplaced { #expect(try harness.isReadByScan() == store.isForTheScan) }
    #expect(harness.differences() == [])
    let resources = harness.expected.resources.filter { store.prefixes.contains($0.prefix.description) }
    #expect(resources.map(\.live.total).reduce(0, +) == store.liveSecrets)
  }

  // MARK: Compaction

  private static let history: [EtcdWriter.Operation] = [
    namespace, .put(secretKey("a"), plain), .put(secretKey("b"), plain), .put(secretKey("a"), sealed),
    .delete(secretKey("b")), .put(secretKey("b"), sealed),
    .transaction([.put(secretKey("c"), plain), .delete(secretKey("a")), .put(secretKey("c"), sealed)]),
    .put("/registry/pods/default/p", "x"), .delete("/registry/pods/default/p"), .put(secretKey("a"), plain),
    .delete(secretKey("c")), .transaction([.delete(secretKey("b")), .put(secretKey("b"), plain)]),
    .put(secretKey("a"), sealed), .delete(secretKey("a")),
  ]

  @Test(
    "Wherever the history was compacted, also in the middle of a leaf", arguments: 1...14 as ClosedRange<Int64>,
    [false, true])
  func compaction(revision: Int64, keepsTombstone: Bool) throws {
    for rowsPerLeaf in [1, 3, BoltWriter.Packing.mostElements] {
      var etcd = EtcdWriter(.v36)
      etcd.keepsTombstoneAtCompaction = keepsTombstone
      for operation in Self.history + [.compact(revision)] { etcd.apply(operation) }
      let harness = try Self.harness(etcd, rowsPerLeaf: rowsPerLeaf)
      #expect(try harness.isReadByScan())
      #expect(harness.differences() == [])
      #expect(harness.expected.etcd?.liveKeys == etcd.live.count)
      #expect(harness.expected.etcd?.compactRevision == revision)
      // Rows that came after, in leaves of their own.
      for operation in Self.history { etcd.apply(operation) }
      #expect(try Self.harness(etcd, rowsPerLeaf: rowsPerLeaf).differences() == [])
    }
  }

  @Test("Where a compaction was begun and not finished, the tree is walked", arguments: 1...14 as ClosedRange<Int64>)
  func unfinishedCompaction(revision: Int64) throws {
    let harness = try Self.harness(
      EtcdWriter(.v36, Self.history + [.compact(revision: revision, finished: false)]), rowsPerLeaf: 3)
    #expect(try !harness.isReadByScan())
    #expect(harness.differences() == [])
  }

  private static func harness(_ etcd: EtcdWriter, rowsPerLeaf: Int) throws -> ScanHarness {
    var writer = BoltWriter()
    writer.packing.rowsPerLeaf = rowsPerLeaf
    var root = etcd.root
    root["key"]?.layout = .pages
    return try ScanHarness(writer.image(root).bytes)
  }
}
