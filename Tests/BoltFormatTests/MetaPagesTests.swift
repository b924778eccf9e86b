import BoltFormat
import TestSupport
import Testing

/// Which meta page counts, and what is said of the other.
@Suite(.timeLimit(.minutes(20))) struct MetaPagesTests {
  /// Ways to spoil a meta page, and what is said then.
  enum Damage: String, CaseIterable, CustomTestStringConvertible {
    case magic, version, checksum, pageSizeTooSmall, pageSizeTooLarge, pageSizeNoPowerOfTwo, rootIsMeta, rootBeyondEnd
    case zeros

    var testDescription: String { rawValue }

    var finding: (code: BoltError.Code, offset: Int) {
      switch self {
      case .magic, .zeros: (.metaMagic, 16)
      case .version: (.metaVersion, 20)
      case .checksum: (.metaChecksum, 72)
      case .pageSizeTooSmall, .pageSizeTooLarge, .pageSizeNoPowerOfTwo: (.metaPageSize, 24)
      case .rootIsMeta, .rootBeyondEnd: (.metaRoot, 32)
      }
    }

    func spoil(_ image: inout BoltImage, meta: Int) {
      switch self {
      case .magic: image[meta: meta, .magic] = 0xED0C_DAEE
      case .version: image[meta: meta, .version] = 3
      case .checksum: image[meta: meta, .sequence] = 1
      case .pageSizeTooSmall: image[meta: meta, .pageSize] = 256
      case .pageSizeTooLarge: image[meta: meta, .pageSize] = 32 << 20
      case .pageSizeNoPowerOfTwo: image[meta: meta, .pageSize] = UInt64(image.pageSize) + 8
      case .rootIsMeta: image[meta: meta, .root] = 1
      case .rootBeyondEnd: image[meta: meta, .root] = image.highWater
      case .zeros: image.patch(page: UInt64(meta), bytes: [UInt8](repeating: 0, count: image.pageSize))
      }
      if self != .checksum, self != .zeros { image.sealMeta(meta) }
    }
  }

  private func finding(_ damage: Damage, _ image: BoltImage, meta: Int) -> Finding {
    Finding(damage.finding.code, page: UInt64(meta), at: meta * image.pageSize + damage.finding.offset)
  }

  @Test(arguments: Damage.allCases, [0, 1])
  func otherMetaIsUsedWhenOneIsDamaged(damage: Damage, number: Int) throws {
    for byteOrder in BoltWriter.ByteOrder.allCases {
      var victim = Victim(byteOrder: byteOrder)
      damage.spoil(&victim.image, meta: number)
      let walk = try victim.walk()
      #expect(walk.findings == [finding(damage, victim.image, meta: number)])
      #expect(walk.rows == victim.root.rows())
    }
  }

  @Test(arguments: Damage.allCases)
  func damageOfMetaZeroIsThrownWhenBothAreDamaged(damage: Damage) throws {
    var victim = Victim()
    damage.spoil(&victim.image, meta: 0)
    Damage.checksum.spoil(&victim.image, meta: 1)
    let expected = finding(damage, victim.image, meta: 0)
    let error = #expect(throws: BoltError.self) { try victim.walk() }
    #expect(error.map { Finding($0) } == expected)
  }

  @Test func fileWithoutMagicIsNotBolt() {
    for bytes in [[UInt8](repeating: 0, count: 8192), Array("PK\u{3}\u{4}".utf8) + SeededGenerator.bytes(5000)] {
      #expect(throws: BoltError(.notBolt)) { try Walk(bytes) }
    }
  }

  @Test(arguments: [0, 1, 79])
  func fileShorterThanAMetaIsTooShort(length: Int) {
    let bytes = [UInt8](Victim().image.bytes.prefix(length))
    #expect(throws: BoltError(.fileTooShort, found: UInt64(length))) { try Walk(bytes) }
  }

  @Test(
    arguments: [
      (txids: (7, 6), damaged: nil, current: 0), (txids: (6, 7), damaged: nil, current: 1),
      (txids: (7, 7), damaged: nil, current: 0), (txids: (0, .max), damaged: nil, current: 1),
      (txids: (.max, 7), damaged: 0, current: 1), (txids: (7, .max), damaged: 1, current: 0),
      (txids: (6, 7), damaged: 0, current: 1), (txids: (7, 6), damaged: 1, current: 0),
    ] as [(txids: (UInt64, UInt64), damaged: Int?, current: UInt64)])
  func usableMetaWithTheGreaterTransactionCounts(txids: (UInt64, UInt64), damaged: Int?, current: UInt64) throws {
    var image = Victim().image
    for (meta, txid) in [txids.0, txids.1].enumerated() {
      image[meta: meta, .txid] = txid
      image.sealMeta(meta)
    }
    if let damaged { image[meta: damaged, .checksum] ^= 1 }
    let metas = try MetaPages(reading: MemorySource(image.bytes))
    #expect(metas.currentPage.rawValue == current)
    #expect(metas.current.txid == (current == 0 ? txids.0 : txids.1))
  }

  @Test(arguments: [(2, 2, true), (2, 4, true), (9, 2, true), (2, 1, false), (1, 2, false), (0, .max, false)])
  func transactionsThatDoNotFollowEachOtherAreUnusualButHarmless(first: UInt64, second: UInt64, unusual: Bool) throws {
    var victim = Victim()
    for (meta, txid) in [first, second].enumerated() {
      victim.image[meta: meta, .txid] = txid
      victim.image.sealMeta(meta)
    }
    let walk = try victim.walk()
    #expect(walk.findings == (unusual ? [Finding(.metaTransactions)] : []))
    #expect(walk.errors.allSatisfy { $0.isHarmless })
    #expect(walk.rows == victim.root.rows())
  }

  @Test(arguments: [0, 1])
  func headerOfAMetaPageIsCheckedButNotNeeded(number: Int) throws {
    let change: [(inout BoltImage, BoltImage.Page) -> Void] = [
      { $0[$1, .id] = 7 }, { $0[$1, .flags] = 2 }, { $0[$1, .flags] = 0 },
    ]
    for change in change {
      var victim = Victim()
      change(&victim.image, victim.image.metaPage(UInt64(number)))
      let walk = try victim.walk()
      #expect(walk.findings == [Finding(.metaHeader, page: UInt64(number), at: number * 512)])
      #expect(walk.errors.allSatisfy { $0.isHarmless })
      #expect(walk.rows == victim.root.rows())
    }
  }

  /// Every page size that bbolt can have written, found from meta page 1 alone.
  @Test(arguments: (9...24).map { 1 << $0 }, BoltWriter.ByteOrder.allCases)
  func pageSizeIsFoundWithoutMetaZero(pageSize: Int, byteOrder: BoltWriter.ByteOrder) throws {
    let encoder = BoltPageEncoder(pageSize: pageSize, byteOrder: byteOrder)
    var damaged = encoder.meta(0, root: 2, freelist: nil, highWater: 3, txid: 9)
    damaged[40] ^= 0xFF
    let size = UInt64(pageSize)
    let source = SparseSource(
      byteCount: 3 * size,
      [
        0: damaged, size: encoder.meta(1, root: 2, freelist: nil, highWater: 3, txid: 8),
        2 * size: encoder.leaf(2, [.init([1], [2])]),
      ])
    let tree = try Tree(source)
    #expect(tree.meta.pageSize == pageSize)
    #expect(tree.meta.byteOrder == byteOrder.expected)
    #expect(tree.meta.txid == 8)
    let walk = Walk(tree)
    #expect(
      walk.findings == [
        Finding(.metaChecksum, page: 0, at: 72), Finding(.rootBucketValue, page: 2, at: 2 * pageSize + 32),
      ])
    #expect(walk.rows.map(\.key) == [[1]])
  }

  /// bbolt takes the size from the field, wherever it found the meta; a stray copy would then mislead it.
  @Test func metaAtAPlaceOtherThanItsPageSizeIsNotBelieved() throws {
    var victim = Victim()
    victim.image[meta: 0, .checksum] ^= 1
    victim.image[meta: 1, .pageSize] = 1024
    victim.image.sealMeta(1)
    #expect(throws: BoltError.self) { try victim.walk() }
    let meta = victim.image.bytes[512..<1024]
    victim.image.patch(at: 1024, bytes: Array(meta))
    #expect(try MetaPages(reading: MemorySource(victim.image.bytes)).current.pageSize == 1024)
  }

  @Test func secondMetaOfAnotherPageSizeIsNotUsed() throws {
    var victim = Victim()
    victim.image[meta: 1, .pageSize] = 1024
    victim.image[meta: 1, .txid] = 99
    victim.image.sealMeta(1)
    let walk = try victim.walk()
    #expect(walk.findings == [Finding(.metaPageSize, page: 1, at: 512 + 24)])
    #expect(walk.rows == victim.root.rows())
  }

  @Test func metasOfDifferentTreesAreToldApart() throws {
    for field in [BoltField<MetaRecord>.root, .highWater, .freelist] {
      var image = Victim().image
      #expect(try MetaPages(reading: MemorySource(image.bytes)).describeOneTree)
      image[meta: 1, field] -= 1
      image.sealMeta(1)
      #expect(try !MetaPages(reading: MemorySource(image.bytes)).describeOneTree)
    }
  }

  /// A crash while the newer meta was written: the older tree is read.
  @Test(arguments: [8, 9] as [UInt64])
  func olderTreeIsReadWhenTheNewerMetaIsDamaged(txid: UInt64) throws {
    var writer = BoltWriter(pageSize: 1024)
    writer.metas = .rawCopy
    writer.txid = txid
    let old = BoltBucket(["b": BoltBucket([.init("k", [1])], layout: .pages)])
    let new = BoltBucket(["b": BoltBucket([.init("k", [2])], layout: .pages)])
    var image = writer.image(new, previous: old)
    #expect(try Walk(image.bytes).rows == new.rows())
    let newest = Int(txid % 2)
    image[meta: newest, .checksum] ^= 1
    let walk = try Walk(image.bytes)
    #expect(walk.rows == old.rows())
    #expect(walk.findings == [Finding(.metaChecksum, page: UInt64(newest), at: newest * 1024 + 72)])
  }
}

extension SeededGenerator {
  fileprivate static func bytes(_ count: Int) -> [UInt8] {
    var random = SeededGenerator(seed: 1)
    return random.bytes(count)
  }
}
