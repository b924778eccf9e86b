import TestSupport
import Testing

@testable import KubernetesStorage

@Suite("UTF-8")
struct UTF8ScalarTests {
  private static func isUTF8(_ bytes: [UInt8]) -> Bool {
    unsafe bytes.span.bytes.isUTF8(in: 0..<bytes.count)
  }

  @Test("Agrees with the standard library on every sequence of two bytes and on random ones")
  func agreement() {
    for first: UInt8 in 0...255 {
      for second: UInt8 in 0...255 {
        let bytes = [first, second]
        #expect(Self.isUTF8(bytes) == (String(validating: bytes, as: UTF8.self) != nil))
      }
    }
    let edges: [UInt8] = [
      0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC2, 0xDF, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0xF5,
    ]
    var random = SeededGenerator(seed: 31)
    for _ in 0..<50_000 {
      let bytes = (0..<4).compactMap { _ in edges.randomElement(using: &random) }
      guard Self.isUTF8(bytes) == (String(validating: bytes, as: UTF8.self) != nil) else {
        Issue.record("\(bytes)")
        return
      }
    }
  }

  @Test("Values and lengths", arguments: ["a", "é", "€", "😀", "\u{10FFFF}", "\u{D7FF}", "\u{E000}"])
  func values(_ text: Unicode.Scalar) throws {
    let bytes = Array(String(text).utf8)
    let scalar = try #require(UTF8Scalar(in: unsafe bytes.span.bytes, at: 0, before: bytes.count))
    #expect(scalar.value == text.value)
    #expect(scalar.length == bytes.count)
  }
}
