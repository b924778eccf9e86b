import TestSupport
import Testing

@Suite struct EtcdWriterTests {
  /// The values that etcdctl 3.4.23 gave for the one-row file of the format reference.
  @Test func statusAgreesWithEtcdctl() {
    let etcd = EtcdWriter(.v36, [.put("foo", "bar")])
    let root = BoltBucket(["key": BoltBucket(etcd.rows.map(\.entry))])
    let status = etcd.status(of: root)
    #expect(status.hash == 0xC502_3252)
    #expect((status.revision, status.rowCount, status.liveKeyCount) == (2, 1, 1))
  }

  @Test func revisionsFollowEtcdsRules() {
    let etcd = EtcdWriter(
      .v36,
      [
        .put("a", "1"), .transaction([.put("b", "1"), .put("c", "1", lease: 5)]), .delete("missing"), .put("a", "2"),
        .delete("a"), .put("a", "3"),
      ])
    #expect(etcd.rows.map { [$0.main, $0.sub] } == [[2, 0], [3, 0], [3, 1], [4, 0], [5, 0], [6, 0]])
    #expect(etcd.rows.map(\.keyValue.version) == [1, 1, 1, 2, 0, 1])
    #expect(etcd.rows.map(\.keyValue.createRevision) == [2, 3, 3, 2, 0, 6])
    #expect(etcd.live.map(\.main) == [3, 3, 6])
    #expect(etcd.history.map(\.main) == [2, 4])
    #expect(etcd.tombstones.map(\.main) == [5])
    #expect(etcd.root["lease"]?.entries == [.init([UInt8](bigEndian: 5), [UInt8](hex: "08 05 10 90 1c"))])
  }

  @Test(arguments: [(true, [4, 5, 6]), (false, [4, 6])])
  func compactionKeepsTheNewestPutOfEachKey(keepsTombstone: Bool, rest: [Int64]) {
    var etcd = EtcdWriter(.v36, [.put("a", "1"), .put("b", "1"), .put("a", "2"), .delete("b"), .put("c", "1")])
    etcd.keepsTombstoneAtCompaction = keepsTombstone
    etcd.apply(.compact(5))
    #expect(etcd.rows.map(\.main) == rest)
    #expect(etcd.compacted.map(\.main) == [2, 3] + (keepsTombstone ? [] : [5]))
    #expect(etcd.live.map(\.main) == [4, 6])
  }

  @Test func unfinishedCompactionIsOnlyScheduled() {
    let etcd = EtcdWriter(.v35, [.put("a", "1"), .put("a", "2"), .compact(revision: 3, finished: false)])
    #expect(etcd.rows.count == 2)
    let keys = etcd.root["meta"]?.entries.map { String(decoding: $0.key, as: UTF8.self) }
    #expect(keys == ["confState", "consistent_index", "scheduledCompactRev", "term"])
  }

  @Test(arguments: EtcdWriter.Version.allCases)
  func bucketsAndMetaRowsAreThoseOfTheVersion(version: EtcdWriter.Version) {
    let root = EtcdWriter(version, [.put("a", "1"), .compact(2)]).root
    #expect(root.entries.count == 10)
    let all = ["confState", "consistent_index", "finishedCompactRev", "scheduledCompactRev", "storageVersion", "term"]
    let absent: Set<String> =
      switch version {
      case .v34: ["confState", "storageVersion", "term"]
      case .v35: ["storageVersion"]
      case .v36: []
      }
    let expected = all.filter { !absent.contains($0) }
    #expect(root["meta"]?.entries.map { String(decoding: $0.key, as: UTF8.self) } == expected)
  }

  @Test func everyBucketAndRowIsAscending() {
    var etcd = EtcdWriter(.v36, [.put("a", "1"), .put("b", "1")])
    etcd.rawRows = [EtcdWriter.Row(main: 2, sub: 1, keyValue: .init(key: [])).entry]
    for bucket in [etcd.root] + etcd.root.entries.compactMap(\.bucket) {
      let keys = bucket.entries.map(\.key)
      #expect(zip(keys, keys.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
    }
    #expect(etcd.keyRows.count == 3)
    #expect(etcd.status.rowCount == etcd.root.entries.compactMap(\.bucket?.entries.count).reduce(0, +))
  }

  @Test func trailerIsTheDigestOfEverythingBefore() throws {
    let image = BoltWriter().image(EtcdWriter().root)
    let file = try image.snapshot()
    #expect(file.count == image.bytes.count + 32)
    #expect(file.suffix(32).elementsEqual(try sha256sum(image.bytes)))
    #expect(try sha256sum([]).starts(with: [UInt8](hex: "e3b0c442 98fc1c14 9afbf4c8 996fb924")))
  }

  @Test func protobufKeepsDefaultsOnlyWhenTold() {
    var proto3 = ProtobufWriter()
    var explicit = ProtobufWriter(keepsDefaults: true)
    for number in 2...3 as ClosedRange<UInt64> {
      proto3.varint(number, 0 as UInt64)
      explicit.varint(number, 0 as UInt64)
    }
    explicit.varint(4, -1 as Int64)
    #expect(proto3.bytes.isEmpty)
    #expect(explicit.bytes == [UInt8](hex: "10 00 18 00 20 ff ff ff ff ff ff ff ff ff 01"))
  }

  @Test func generatorGivesThePublishedSequence() {
    var generator = SeededGenerator(seed: 1_234_567)
    #expect(generator.next() == 6_457_827_717_110_365_317)
    #expect(generator.next() == 3_203_168_211_198_807_973)
    #expect(generator.bytes(3).count == 3)
  }
}
