import Cryptography
import TestSupport
import Testing

@Suite("Padding of AES-CBC")
struct PaddingTests {
  private static let key = [UInt8](0..<32)

  /// Encrypts `blocks`, padding included, and opens the result.
  private static func open(_ blocks: [UInt8]) -> (opening: Decryption?, plaintext: [UInt8]) {
    guard var cipher = unsafe AESCBC(key: key.span.bytes) else { return (nil, []) }
    var buffer = PlaintextBuffer()
    let body = Sealing.cbc(blocks: blocks, key: key, iv: [UInt8](32..<48))
    let opening = unsafe cipher.open(body.span.bytes, into: &buffer)
    return (opening, buffer.withBytes { bytes in unsafe bytes.withUnsafeBytes { unsafe Array($0) } })
  }

  private static func padded(_ content: [UInt8], _ padding: UInt8) -> [UInt8] {
    content + [UInt8](repeating: padding, count: Int(padding))
  }

  @Test("Is taken off as the API server does, beyond a block too", arguments: [1, 15, 16, 17, 32, 255] as [UInt8])
  func accepted(padding: UInt8) {
    let content = [UInt8](repeating: 0xAA, count: (512 - Int(padding)))
    let (opening, plaintext) = Self.open(Self.padded(content, padding))
    #expect(opening == .opened)
    #expect(plaintext == content)
  }

  @Test("May be all there is")
  func nothingButPadding() {
    let (opening, plaintext) = Self.open(Self.padded([], 16))
    #expect(opening == .opened)
    #expect(plaintext.isEmpty)
  }

  @Test(
    "Is refused where it is nothing, more than there is, or not the same throughout",
    arguments: [
      [UInt8](repeating: 0, count: 32),
      [UInt8](repeating: 0xAA, count: 31) + [33],
      [UInt8](repeating: 17, count: 16),
      [UInt8](repeating: 0xAA, count: 29) + [2, 3, 3],
    ])
  func refused(blocks: [UInt8]) {
    let (opening, plaintext) = Self.open(blocks)
    #expect(opening == .refused)
    #expect(plaintext.isEmpty)
  }
}
