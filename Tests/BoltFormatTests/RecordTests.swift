import TestSupport
import Testing

@testable import BoltFormat

/// The format's fixed records, from bytes that were worked out by hand or taken from a real file.
@Suite struct RecordTests {
  // MARK: FNV-1a

  @Test(
    arguments: [
      ("", 0xCBF2_9CE4_8422_2325), ("a", 0xAF63_DC4C_8601_EC8C), ("b", 0xAF63_DF4C_8601_F1A5),
      ("foobar", 0x8594_4171_F739_67E8),
    ] as [(String, UInt64)])
  func checksumAgreesWithPublishedValues(text: String, hash: UInt64) {
    #expect(FNV1a.hash(Array(text.utf8).rawSpan) == hash)
  }

  // MARK: Meta

  /// Meta page 0 of a file that bbolt 1.4.3 wrote.
  private static let meta = [UInt8](
    hex: """
      00 00 00 00 00 00 00 00  04 00 00 00 00 00 00 00
      ed da 0c ed 02 00 00 00  00 10 00 00 00 00 00 00
      04 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00
      ff ff ff ff ff ff ff ff  05 00 00 00 00 00 00 00
      02 00 00 00 00 00 00 00  80 75 b1 71 d1 99 76 29
      """)

  @Test func realMetaIsDecoded() throws {
    let meta = try Meta(decoding: Self.meta.rawSpan, index: 0, at: 0)
    #expect(meta.byteOrder == .little)
    #expect(meta.pageSize == 4096)
    #expect(meta.root == PageID(4))
    #expect(meta.freelist == .noFreelist)
    #expect(!meta.storesFreelist)
    #expect(meta.highWaterMark == PageID(5))
    #expect(meta.txid == 2)
    #expect(meta.header.id == PageID(0) && meta.header.kind == .meta)
  }

  @Test(arguments: BoltWriter.ByteOrder.allCases)
  func metaOfEitherByteOrderIsDecoded(byteOrder: BoltWriter.ByteOrder) throws {
    let encoder = BoltPageEncoder(pageSize: 1 << 16, byteOrder: byteOrder)
    let bytes = encoder.meta(1, root: 0x0102_0304_0506, freelist: 7, highWater: 1 << 50, txid: 0x1122_3344_5566_7788)
    let meta = try Meta(decoding: bytes.rawSpan, index: 1, at: 1 << 16)
    #expect(meta.byteOrder == byteOrder.expected)
    #expect(meta.pageSize == 1 << 16)
    #expect(meta.root == PageID(0x0102_0304_0506))
    #expect(meta.freelist == PageID(7) && meta.storesFreelist)
    #expect(meta.highWaterMark == PageID(1 << 50))
    #expect(meta.txid == 0x1122_3344_5566_7788)
    #expect(meta.header.id == PageID(1))
  }

  @Test func everyByteOfTheBodyIsGuarded() {
    for offset in 16..<80 {
      var bytes = Self.meta
      bytes[offset] ^= 0x10
      #expect(throws: BoltError.self) { try Meta(decoding: bytes.rawSpan, index: 0, at: 0) }
    }
  }

  @Test(arguments: [0, 15, 79])
  func shortMetaIsRefused(length: Int) {
    let bytes = Array(Self.meta.prefix(length))
    let expected = BoltError(
      .fileTooShort, page: PageID(1), offset: ByteOffset(512), found: UInt64(length), bound: 80)
    #expect(throws: expected) { try Meta(decoding: bytes.rawSpan, index: 1, at: 512) }
  }

  @Test(arguments: [
    (256, false), (512, true), (4096, true), (1 << 24, true), (1 << 25, false), (4097, false), (0, false),
  ])
  func pageSizeIsAPowerOfTwoThatBboltCanHaveWritten(size: UInt32, isValid: Bool) {
    var bytes = Self.meta
    for index in 0..<4 { bytes[24 + index] = UInt8(size >> (8 * index) & 0xFF) }
    let checksum = BoltPageEncoder.checksum(bytes[16..<72])
    for index in 0..<8 { bytes[72 + index] = UInt8(checksum >> (8 * index) & 0xFF) }
    let expected = BoltError(.metaPageSize, page: PageID(0), offset: ByteOffset(24), found: UInt64(size))
    if isValid {
      #expect(throws: Never.self) { try Meta(decoding: bytes.rawSpan, index: 0, at: 0) }
    } else {
      #expect(throws: expected) { try Meta(decoding: bytes.rawSpan, index: 0, at: 0) }
    }
  }

  // MARK: Page headers

  @Test func headerIsDecodedInEitherByteOrder() {
    let bytes = [UInt8](hex: "01 02 03 04 05 06 07 08  00 02 03 04 0a 0b 0c 0d")
    let big = PageHeader(decoding: bytes.rawSpan, .big)
    #expect(big.id == PageID(0x0102_0304_0506_0708))
    #expect(big.flags == 2 && big.kind == .leaf && big.count == 0x0304 && big.overflow == 0x0A0B_0C0D)
    let little = PageHeader(decoding: bytes.rawSpan, .little)
    #expect(little.id == PageID(0x0807_0605_0403_0201))
    #expect(little.flags == 0x0200 && little.kind == nil && little.count == 0x0403 && little.overflow == 0x0D0C_0B0A)
  }

  @Test func kindIsExactlyOneFlag() {
    let kinds: [UInt16: PageKind] = [1: .branch, 2: .leaf, 4: .meta, 0x10: .freelist]
    for flags in 0...UInt16.max { #expect(PageKind(rawValue: flags) == kinds[flags]) }
  }

  // MARK: Elements

  @Test func leafElementIsDecoded() {
    let bytes = [UInt8](hex: "01 00 00 00  10 00 00 00  11 00 00 00  10 00 00 00")
    let element = Element(leaf: bytes.rawSpan, at: 32, .little)
    #expect(element.flags == 1 && element.isBucket)
    #expect(element.keyStart == 48 && element.keyBytes == 17 && element.valueBytes == 16)
    #expect(element.valueStart == 65 && element.end == 81)
    #expect(element.child == PageID(0))
  }

  @Test func branchElementIsDecoded() {
    let bytes = [UInt8](hex: "00 00 00 20  00 00 00 11  00 00 00 00 00 00 00 07")
    let element = Element(branch: bytes.rawSpan, at: 16, .big)
    #expect(element.flags == 0 && !element.isBucket)
    #expect(element.keyStart == 48 && element.keyBytes == 17 && element.valueBytes == 0 && element.end == 65)
    #expect(element.child == PageID(7))
  }

  @Test func greatestNumbersOfAnElementAddUpWithoutOverflow() {
    let bytes = [UInt8](repeating: 0xFF, count: 16)
    let offset = Element.headerOffset(65_533)
    let element = Element(leaf: bytes.rawSpan, at: offset, .little)
    #expect(element.end == offset + 3 * 0xFFFF_FFFF)
    #expect(Element(branch: bytes.rawSpan, at: offset, .little).child == PageID(.max))
  }

  // MARK: Keys

  @Test func keysAreComparedAsUnsignedBytesAndPrefixesComeFirst() {
    let ordered: [[UInt8]] = [
      [], [0], [0, 0], [0, 1], [1], [0x7F], [0x80], [0xFF], [0xFF, 0], [UInt8](repeating: 0xFF, count: 7),
      [UInt8](repeating: 0xFF, count: 7) + [0], [UInt8](repeating: 0xFF, count: 8),
      [UInt8](repeating: 0xFF, count: 8) + [0], [UInt8](repeating: 0xFF, count: 8) + [0x80],
      [UInt8](repeating: 0xFF, count: 17),
    ]
    for (first, left) in ordered.enumerated() {
      for (second, right) in ordered.enumerated() {
        #expect(left.rawSpan.precedes(right.rawSpan) == (first < second))
      }
    }
  }

  @Test func keysOfAnyLengthAreComparedLikeSequences() {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<2000 {
      let common = random.bytes(Int.random(in: 0...20, using: &random))
      let left = common + random.bytes(Int.random(in: 0...3, using: &random))
      let right = common + random.bytes(Int.random(in: 0...3, using: &random))
      #expect(left.rawSpan.precedes(right.rawSpan) == left.lexicographicallyPrecedes(right))
    }
  }
}
