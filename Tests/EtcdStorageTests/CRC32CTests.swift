import Testing

@testable import EtcdStorage
@testable import TestSupport

@Suite("CRC-32C")
struct CRC32CTests {
  private func checksum(_ parts: [UInt8]...) -> UInt32 {
    var crc = EtcdStorage.CRC32C()
    for part in parts { unsafe crc.update(part.span.bytes) }
    return crc.value
  }

  /// Those of RFC 3720, B.4, and the one that catalogues of checksums give.
  @Test(
    "Published vectors",
    arguments: [
      ([], 0), (Array("123456789".utf8), 0xE306_9283), ([UInt8](repeating: 0, count: 32), 0x8A91_36AA),
      ([UInt8](repeating: 0xFF, count: 32), 0x62A8_AB43), (Array(0..<32), 0x46DD_794E),
      ((0..<32).reversed(), 0x113F_DB5C),
    ] as [([UInt8], UInt32)])
  func vectors(bytes: [UInt8], expected: UInt32) {
    #expect(checksum(bytes) == expected)
  }

  @Test("Equal to a bytewise computation, whatever the length", arguments: Array(0...100) + [4096, 65_537])
  func lengths(count: Int) {
    var random = SeededGenerator(seed: UInt64(count))
    let bytes = random.bytes(count)
    var oracle = TestSupport.CRC32C()
    oracle.update(bytes)
    #expect(checksum(bytes) == oracle.value)
  }

  @Test("The processor's instruction and the tables tell the same", arguments: Array(0...100) + [4096, 65_537])
  func instruction(count: Int) {
    var random = SeededGenerator(seed: UInt64(count))
    let (head, tail) = (random.bytes(count), random.bytes(count % 19))
    var byTables = EtcdStorage.CRC32C(byInstruction: false)
    var byInstruction = EtcdStorage.CRC32C(byInstruction: EtcdStorage.CRC32C.hasInstruction)
    for part in [head, tail] {
      unsafe byTables.update(part.span.bytes)
      unsafe byInstruction.update(part.span.bytes)
    }
    #expect(byTables.value == byInstruction.value)
  }

  @Test("Does not depend on where the bytes are parted", arguments: 0...70)
  func parts(place: Int) {
    var random = SeededGenerator(seed: 7)
    let bytes = random.bytes(70)
    #expect(checksum(Array(bytes[..<place]), Array(bytes[place...])) == checksum(bytes))
  }

  @Test("Bytes of which only the checksum is known are taken in as if they were there", arguments: [0, 1, 8, 70, 4096])
  func appended(count: Int) {
    var random = SeededGenerator(seed: UInt64(count))
    let (head, tail) = (random.bytes(33), random.bytes(count))
    for head in [head, []] {
      var crc = EtcdStorage.CRC32C()
      unsafe crc.update(head.span.bytes)
      crc.append(checksum(tail), byteCount: UInt64(count))
      #expect(crc.value == checksum(head + tail))
      crc.append(checksum([7]), byteCount: 1)
      #expect(crc.value == checksum(head + tail + [7]))
    }
  }

  @Test("Bytes without number change the checksum as so many zeros do")
  func appendedMany() {
    let zeros = [UInt8](repeating: 0, count: 1 << 20)
    var crc = EtcdStorage.CRC32C()
    var all = EtcdStorage.CRC32C()
    unsafe crc.update([1, 2, 3].span.bytes)
    unsafe all.update([1, 2, 3].span.bytes)
    crc.append(checksum(zeros), byteCount: 1 << 20)
    unsafe all.update(zeros.span.bytes)
    #expect(crc.value == all.value)
  }
}
