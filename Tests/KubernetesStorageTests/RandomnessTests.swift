import TestSupport
import Testing

@testable import KubernetesStorage

@Suite("Telling ciphertext from text")
struct RandomnessTests {
  private static func looksRandom(_ bytes: [UInt8]) -> Bool {
    unsafe bytes.span.bytes.looksRandom(in: 0..<bytes.count)
  }

  @Test("Random bytes of every length look random")
  func random() {
    var random = SeededGenerator(seed: 21)
    for count in 0...600 {
      for _ in 0..<20 { #expect(Self.looksRandom(random.bytes(count))) }
    }
  }

  @Test("Text of every length from 48 bytes on does not")
  func text() {
    var random = SeededGenerator(seed: 22)
    let base64 = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    let json = Array(#"{"a_key":"Value/x+y=","other-key":[1,2,3.5e7],"third.key":null,"Q":"zZ"} "#.utf8)
    for count in 48...600 {
      #expect(!Self.looksRandom((0..<count).compactMap { _ in base64.randomElement(using: &random) }))
      #expect(!Self.looksRandom((0..<count).map { json[$0 % json.count] }))
    }
    for count in 128...600 { #expect(!Self.looksRandom([UInt8](repeating: 0, count: count))) }
  }

  @Test("Text behind an IV does not")
  func behindIV() {
    var random = SeededGenerator(seed: 23)
    for count in 160...600 {
      let text = [UInt8](repeating: 0x61, count: count - 16)
      #expect(!Self.looksRandom(random.bytes(16) + text))
    }
  }

  @Test("Fewer than 48 bytes tell nothing")
  func few() {
    for count in 0..<48 { #expect(Self.looksRandom([UInt8](repeating: 0x61, count: count))) }
  }
}
