import EtcdStorage
import TestSupport
import Testing

@Suite("Keys of bucket `key`")
struct RevisionKeyTests {
  private static func key(_ main: Int64, _ sub: Int64 = 0, isTombstone: Bool = false) -> [UInt8] {
    EtcdWriter.Row(main: main, sub: sub, isTombstone: isTombstone, keyValue: .init(key: [])).boltKey
  }

  private static let numbers: [Int64] = [0, 1, 2, 255, 256, 0x5F5F_5F5F, .max - 1, .max]

  @Test("What etcd writes is read", arguments: numbers, numbers)
  func roundTrip(main: Int64, sub: Int64) throws {
    for isTombstone in [false, true] {
      let read = try RevisionKey(Self.key(main, sub, isTombstone: isTombstone))
      #expect(read.revision == Revision(main: main, sub: sub))
      #expect(read.isTombstone == isTombstone)
    }
  }

  @Test("Every length but 17 and 18 is refused", arguments: [0, 1, 8, 9, 16, 19, 100])
  func length(count: Int) {
    let bytes = (Self.key(5, 1, isTombstone: true) + [UInt8](repeating: 0, count: 100)).prefix(count)
    let error = #expect(throws: EtcdError.self) { try RevisionKey(Array(bytes)) }
    #expect(error?.code == .revisionKeyLength)
    #expect(error?.found == count)
    #expect(error?.description.contains("\(count) bytes") == true)
  }

  @Test("Every separator but '_' is refused", arguments: [0, 0x5E, 0x60, 0xFF] as [UInt8], [false, true])
  func separator(byte: UInt8, isTombstone: Bool) {
    var bytes = Self.key(5, isTombstone: isTombstone)
    bytes[8] = byte
    let error = #expect(throws: EtcdError.self) { try RevisionKey(bytes) }
    #expect(error?.code == .revisionKeySeparator)
  }

  @Test("Every mark but 't' is refused", arguments: [0, UInt8(ascii: "T"), UInt8(ascii: "s"), UInt8(ascii: "u"), 0xFF])
  func mark(byte: UInt8) {
    let error = #expect(throws: EtcdError.self) { try RevisionKey(Self.key(5) + [byte]) }
    #expect(error?.code == .revisionKeyMark)
  }

  @Test(
    "Negative numbers are refused",
    arguments: [(-1, 0), (0, -1), (.min, .min), (.min, 5), (5, .min)] as [(Int64, Int64)],
    [false, true])
  func negative(_ numbers: (main: Int64, sub: Int64), isTombstone: Bool) {
    let error = #expect(throws: EtcdError.self) {
      try RevisionKey(Self.key(numbers.main, numbers.sub, isTombstone: isTombstone))
    }
    #expect(error?.code == .revisionNegative)
  }

  @Test("Revisions are ordered as the bytes of their keys")
  func order() throws {
    let keys = Self.numbers.flatMap { main in Self.numbers.map { Self.key(main, $0) } }
    let revisions = try keys.map { try RevisionKey($0).revision }
    for (one, other) in zip(revisions, revisions.dropFirst()) { #expect(one < other && !(other < one)) }
    #expect(zip(keys, keys.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
  }

  @Test(arguments: [((5, 0), "5"), ((5, 3), "5.3"), ((0, 0), "0")] as [((Int64, Int64), String)])
  func revisionIsWrittenWithItsSubRevisionIfAny(_ numbers: (main: Int64, sub: Int64), text: String) {
    #expect(Revision(main: numbers.main, sub: numbers.sub).description == text)
  }
}
