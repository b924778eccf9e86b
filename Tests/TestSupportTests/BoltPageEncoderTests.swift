import TestSupport
import Testing

/// The pages worked out by hand in the format reference, byte for byte.
@Suite struct BoltPageEncoderTests {
  private let encoder = BoltPageEncoder()

  @Test func leafPageEqualsTheWorkedExample() {
    let row = EtcdWriter(.v36, [.put("foo", "bar")]).rows[0]
    let expected = [UInt8](
      hex: """
        05 00 00 00 00 00 00 00  02 00 01 00 00 00 00 00
        00 00 00 00 10 00 00 00  11 00 00 00 10 00 00 00
        00 00 00 00 00 00 00 02  5f 00 00 00 00 00 00 00
        00 0a 03 66 6f 6f 10 02  18 02 20 01 2a 03 62 61
        72
        """)
    #expect(encoder.leaf(5, [row.leafRow]) == expected)
  }

  @Test func tombstoneEqualsTheWorkedExample() {
    let row = EtcdWriter(.v36, [.put("foo", "bar"), .delete("foo")]).rows[1]
    #expect(row.boltKey == [UInt8](hex: "00 00 00 00 00 00 00 03 5f 00 00 00 00 00 00 00 00 74"))
    #expect(row.keyValue.encoded == [UInt8](hex: "0a 03 66 6f 6f"))
  }

  @Test func branchPageEqualsTheWorkedExample() {
    func key(_ main: Int64) -> [UInt8] { EtcdWriter.Row(main: main, keyValue: .init(key: [])).boltKey }
    let expected = [UInt8](
      hex: """
        09 00 00 00 00 00 00 00  01 00 02 00 00 00 00 00
        20 00 00 00 11 00 00 00  07 00 00 00 00 00 00 00
        21 00 00 00 11 00 00 00  08 00 00 00 00 00 00 00
        00 00 00 00 00 00 00 02  5f 00 00 00 00 00 00 00
        00 00 00 00 00 00 00 00  32 5f 00 00 00 00 00 00
        00 00
        """)
    #expect(encoder.branch(9, [(key(2), 7), (key(0x32), 8)]) == expected)
  }

  @Test func metaPageEqualsTheRealOne() {
    let expected = [UInt8](
      hex: """
        00 00 00 00 00 00 00 00  04 00 00 00 00 00 00 00
        ed da 0c ed 02 00 00 00  00 10 00 00 00 00 00 00
        04 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00
        ff ff ff ff ff ff ff ff  05 00 00 00 00 00 00 00
        02 00 00 00 00 00 00 00  80 75 b1 71 d1 99 76 29
        """)
    #expect(encoder.meta(0, root: 4, freelist: nil, highWater: 5, txid: 2) == expected)
  }

  @Test func bigEndianPutsTheMostSignificantByteFirst() {
    let meta = BoltPageEncoder(byteOrder: .big).meta(1, root: 4, freelist: 3, highWater: 5, txid: 2)
    #expect(meta.starts(with: [UInt8](hex: "0000000000000001 0004 0000 00000000 ED0CDAED 00000002 00001000")))
  }

  @Test func checksumAgreesWithItsPublishedValues() {
    #expect(BoltPageEncoder.checksum([]) == 0xCBF2_9CE4_8422_2325)
    #expect(BoltPageEncoder.checksum("a".utf8) == 0xAF63_DC4C_8601_EC8C)
  }

  @Test(arguments: [(0, false, 0, 0), (65_534, false, 65_534, 128), (65_535, false, 65_535, 128), (3, true, 65_535, 0)])
  func freelistCountsInTheFirstWordWhenItMust(ids: Int, isLong: Bool, count: Int, overflow: UInt64) {
    let page = encoder.freelist(7, (0..<ids).map { UInt64($0) + 2 }, isLong: isLong)
    let header = encoder.header(7, flags: 0x10, count: count, overflow: overflow)
    #expect(page.starts(with: header))
    #expect(page.count == 16 + 8 * ids + (count == 0xFFFF ? 8 : 0))
  }
}
