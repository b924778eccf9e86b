import BoltFormat
import EtcdStorage
import SnapshotInspection
import TestSupport
import Testing
import VerificationModel

@Suite("Inspections of generated files")
struct InspectionTests {
  /// A store with history, tombstones, a lease and rows on many pages.
  private static func etcd(_ version: EtcdWriter.Version = .v36, rows: Int = 60) -> EtcdWriter {
    let pod = "/registry/pods/default/p"
    let puts = (0..<rows).map { EtcdWriter.Operation.put("\(pod)\($0 % 40)", "value \($0)", lease: 7) }
    return EtcdWriter(version, puts + [.delete(pod + "3"), .put(secretKey("a"), StoredSecret.json)])
  }

  // MARK: The status

  @Test(
    "The status is that of etcd's tool, whatever the pages are like",
    arguments: [512, 4096, 65_536], BoltWriter.ByteOrder.allCases)
  func status(pageSize: Int, byteOrder: BoltWriter.ByteOrder) throws {
    let etcd = Self.etcd()
    var writer = BoltWriter(pageSize: pageSize, byteOrder: byteOrder)
    writer.packing.rowsPerLeaf = 7
    writer.packing.childrenPerBranch = 3
    let image = writer.image(etcd.root)
    let inspection = try inspection(of: image)
    let status = try #require(inspection.status)
    #expect(status.agrees(with: etcd.status))
    #expect(status.isHashComparable)
    #expect(status.totalSize == image.highWater * UInt64(pageSize))
    #expect(status.version == "3.6.0")
    #expect(inspection.isComplete)
    #expect(inspection.pages?[.branch].count ?? 0 > 0)
    let meta = try #require(try inspection.metas.first?.content.get())
    #expect(meta.byteOrder == (byteOrder == .little ? .little : .big))
  }

  @Test(
    "The version is told when it is recorded",
    arguments: [(EtcdWriter.Version.v34, "", "3.4"), (.v35, "", "3.5"), (.v36, "3.6.0", "3.6.0")])
  func version(version: EtcdWriter.Version, recorded: String, implied: String) throws {
    let inspection = try inspection(of: Self.etcd(version).root)
    #expect(inspection.status?.version == recorded)
    #expect(inspection.etcd?.version == implied)
    #expect(inspection.cluster?.version?.description == version.rawValue)
    #expect(inspection.metaBucket?.hasConfState == (version != .v34))
  }

  @Test("A store without rows has revision 0")
  func empty() throws {
    let inspection = try inspection(of: EtcdWriter(.v36).root)
    #expect(inspection.status?.revision == 0)
    #expect(inspection.status?.liveKeys == 0)
    #expect(inspection.etcd?.revisions == 0)
    #expect(inspection.isComplete)
  }

  @Test("A file that holds one short row: etcdctl 3.4.23 says 3305255506, 2, 1")
  func oneRow() throws {
    let keyValue = EtcdWriter.KeyValue(
      key: Array("foo".utf8), createRevision: 2, modRevision: 2, version: 1, value: Array("bar".utf8))
    let row = EtcdWriter.Row(main: 2, keyValue: keyValue)
    let inspection = try inspection(of: BoltBucket(["key": BoltBucket([row.entry])]))
    #expect(inspection.status?.hash == 3_305_255_506)
    #expect(inspection.status?.hashText == "c5023252")
    #expect(inspection.status?.revision == 2)
    #expect(inspection.status?.totalKeys == 1)
    #expect(inspection.status?.liveKeys == 1)
  }

  @Test("The hash is printed without leading zeros")
  func hashText() {
    let status = SnapshotStatus(
      hash: 0x9C37BB, isHashComparable: true, revision: 0, totalKeys: 0, liveKeys: 0, totalSize: 0, version: "")
    #expect(status.hashText == "9c37bb")
  }

  @Test("Defragmentation does not change the hash")
  func defragmentation() throws {
    let root = Self.etcd().root
    var loose = BoltWriter()
    loose.packing.fill = 0.3
    loose.freePages = [5: [1, 2, 3], 90: []]
    #expect(try inspection(of: loose.image(root)).status?.hash == inspection(of: root).status?.hash)
  }

  @Test("A bucket inside another counts as a row, is listed, and is an error")
  func nestedBucket() throws {
    let etcd = Self.etcd()
    var root = etcd.root
    let inner = BoltBucket([.init("x", [1, 2]), .init("y", [3])])
    root["lease"]?.entries.append(.init("zz", inner))
    let inspection = try inspection(of: root)
    #expect(inspection.status?.agrees(with: etcd.status(of: root)) == true)
    let index = try #require(inspection.buckets.firstIndex { $0.name == Array("lease".utf8) })
    #expect(inspection.buckets[index].rows == (etcd.root["lease"]?.entries.count ?? 0) + 1)
    #expect(inspection.buckets[index + 1].name == Array("zz".utf8))
    #expect(inspection.buckets[index + 1].nesting == 2)
    #expect(inspection.buckets[index + 1].rows == 2)
    #expect(inspection.buckets[index + 1].bytes == 5)
    #expect(inspection.errorCodes == ["nested-bucket"])
  }

  // MARK: Buckets and pages

  @Test("Very many buckets are counted, and the first listed")
  func manyBuckets() throws {
    var root = Self.etcd().root
    for number in 0..<1500 { root.entries.append(.init("n\(10_000 + number)", BoltBucket())) }
    let inspection = try inspection(of: root)
    #expect(inspection.buckets.count == 1000)
    #expect(inspection.bucketsOmitted == 510)
    #expect(inspection.status?.liveKeys == 40)
  }

  @Test("Names beyond a MiB are not kept")
  func longNames() throws {
    var root = Self.etcd().root
    for number in 0..<60 {
      let name = String(repeating: "n", count: 32_000) + "\(100 + number)"
      root.entries.append(.init(name, BoltBucket()))
    }
    let inspection = try inspection(of: root)
    #expect(inspection.buckets.reduce(0) { $0 + $1.name.count } <= 1 << 20)
    #expect(inspection.buckets.count + inspection.bucketsOmitted == 70)
    #expect(inspection.bucketsOmitted > 20)
    #expect(inspection.isComplete)
  }

  @Test("Used bytes are those of headers, element tables, keys and values")
  func usedBytes() throws {
    let entries = [BoltBucket.Entry("a", [UInt8](repeating: 1, count: 9000)), .init("b", [1, 2, 3])]
    let inspection = try inspection(of: BoltBucket(["big": BoltBucket(entries, layout: .pages)]))
    let pages = try #require(inspection.pages)
    // The bucket's leaf: 16 + 2 × 16 + 1 + 9000 + 1 + 3 bytes on three pages; the root's: 16 + 16 + 3 + 16.
    #expect(pages[.leaf] == .init(count: 2, usedBytes: 4096 + 51))
    #expect(pages[.overflow] == .init(count: 2, usedBytes: 9053 - 4096))
    #expect(pages[.meta] == .init(count: 2, usedBytes: 160))
    #expect(pages[.branch] == .init())
    #expect(pages.fill(.branch) == nil)
    #expect(pages.fill(.overflow) == Double(9053 - 4096) / 8192)
  }

  @Test("A stored freelist is told, and its pages", arguments: [BoltWriter.Freelist.stored, .storedLong])
  func freelist(form: BoltWriter.Freelist) throws {
    var writer = BoltWriter()
    writer.freelist = form
    writer.freePages = [70: [], 71: [], 75: []]
    let image = writer.image(Self.etcd().root)
    let pages = try #require(try inspection(of: image).pages)
    #expect(pages.freelistEntries == UInt64(image.freeNumbers.count))
    #expect(pages[.freelist].count == 1)
    #expect(pages[.freelist].usedBytes >= UInt64(16 + 8 * image.freeNumbers.count))
    #expect(pages.unreachable == UInt64(image.freeNumbers.count))
  }

  @Test("A freelist of forged length harms nothing", arguments: [0, 1000, 1 << 40, .max - 1, .max] as [UInt64])
  func forgedFreelist(count: UInt64) throws {
    var writer = BoltWriter()
    writer.freelist = .storedLong
    var image = writer.image(Self.etcd().root)
    let page = try #require(image.pages.first { $0.kind == .freelist })
    image.patch(page: page.number, offset: 16, bytes: (0..<8).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) })
    let inspection = try inspection(of: image.bytes)
    #expect(inspection.pages?.freelistEntries == count)
    #expect(inspection.pages?.fill(.freelist) ?? 2 <= 1)
    #expect(inspection.status?.isHashComparable == true)
  }

  // MARK: Snapshot or raw copy, and the trailer

  private static let snapshot = BoltWriter().image(etcd().root)

  @Test("A copy of a member's file is told by its metas, and pages beyond the high-water mark are counted")
  func rawCopy() throws {
    var writer = BoltWriter()
    writer.metas = .rawCopy
    writer.txid = 9
    writer.tail = [UInt8](repeating: 0, count: 5 * 4096)
    let image = writer.image(Self.etcd().root, previous: Self.etcd(rows: 50).root)
    let inspection = try inspection(of: image.bytes)
    #expect(inspection.bolt?.origin == .rawCopy)
    #expect(inspection.trailer == .absent)
    #expect(inspection.pages?.beyondHighWaterMark == 5)
    #expect(inspection.status?.totalSize == UInt64(image.bytes.count - 5 * 4096))
    #expect(inspection.metas.compactMap { try? $0.content.get().txid }.sorted() == [8, 9])
    #expect(inspection.metas.first { $0.isCurrent }?.page == PageID(1))
    #expect(inspection.isComplete)
  }

  /// A member that is stopped commits once more, although nothing has changed.
  @Test(
    "The file of a member that was stopped is told from a snapshot by the order of its metas",
    arguments: [20, 21] as [UInt64])
  func stoppedMember(txid: UInt64) throws {
    var image = Self.snapshot
    for number in 0..<2 {
      image[meta: number, .txid] = number == Int(txid % 2) ? txid : txid - 1
      image.sealMeta(number)
    }
    // Half of them look like a copy that bbolt made, but that a snapshot has a trailer.
    #expect(try inspection(of: image.bytes).bolt?.origin == (txid % 2 == 0 ? .unknown : .rawCopy))
  }

  @Test("Where the trailer stands, and what follows it", arguments: [0, 1, 32, 480, 5000])
  func appended(count: Int) throws {
    let file = try Self.snapshot.snapshot() + [UInt8](repeating: 7, count: count)
    let inspection = try inspection(of: file)
    let place = ByteOffset(UInt64(Self.snapshot.bytes.count))
    #expect(inspection.trailer == .present(at: place, appendedBytes: UInt64(count)))
    #expect(inspection.isComplete)
    let unchecked = try Inspector(checksHash: false).inspected(file)
    #expect(unchecked.file.hash == .skipped)
    let isAnnounced = file.count % 512 == 32
    #expect(unchecked.trailer == (isAnnounced ? .announced(at: ByteOffset(UInt64(file.count - 32))) : .absent))
    #expect(unchecked.isComplete)
  }

  @Test("A trailer that does not match is an error, and all is read in spite of it")
  func mismatch() throws {
    var file = try Self.snapshot.snapshot()
    file[file.count - 1] ^= 1
    let inspection = try inspection(of: file)
    #expect(inspection.trailer == .present(at: ByteOffset(UInt64(Self.snapshot.bytes.count)), appendedBytes: 0))
    #expect(inspection.errorCodes == ["hash-mismatch"])
    #expect(!inspection.isComplete)
    #expect(inspection.status?.agrees(with: Self.etcd().status) == true)
    #expect(inspection.status?.isHashComparable == true)
  }

  @Test("A trailer that was cut is told", arguments: [1, 16, 31])
  func cutTrailer(left: Int) throws {
    let inspection = try inspection(of: Self.snapshot.bytes + [UInt8](repeating: 1, count: left))
    #expect(
      inspection.trailer == .cut(at: ByteOffset(UInt64(Self.snapshot.bytes.count)), bytesLeft: UInt64(left)))
    #expect(inspection.errorCodes == ["trailer-truncated"])
  }

  // MARK: Encryption keys

  @Test("The digest of a key id is that of the API server's metrics")
  func keyIDHash() {
    let use = SnapshotReport.KeyUse(provider: .kmsv2, name: "vault", keyID: "kek-1", live: 1, history: 0)
    // printf kek-1 | sha256sum
    #expect(use.keyIDHash == "sha256:6ad4ff2bfd375211dd97cbb809e358fe8af9271fce7034f1a54618486f0488a0")
    #expect(SnapshotReport.KeyUse(provider: .aescbc, name: "a", keyID: nil, live: 1, history: 0).keyIDHash == nil)
  }
}

extension Inspector {
  /// The inspection of a file of these bytes.
  fileprivate func inspected(_ file: [UInt8]) throws -> Inspection { try inspection(of: file, self) }
}
