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

  @Test("Printable text of 30 bytes and more does not, fewer bytes tell nothing")
  func few() {
    for count in 0..<30 { #expect(Self.looksRandom([UInt8](repeating: 0x61, count: count))) }
    for count in 30..<64 { #expect(!Self.looksRandom([UInt8](repeating: 0x61, count: count))) }
  }

  @Test("Neither do 42 bytes and more without a high bit, or all with one")
  func highBits() {
    for count in 42..<64 {
      #expect(!Self.looksRandom((0..<count).map { UInt8($0 * 7 % 128) }))
      #expect(!Self.looksRandom((0..<count).map { UInt8($0 * 7 % 128 + 128) }))
    }
  }
}

@Suite("Counting the high bits of ciphertext")
struct CiphertextCensusTests {
  private static func census(_ bytes: [UInt8]) -> CiphertextCensus {
    CiphertextCensus(of: unsafe bytes.span.bytes, in: 0..<bytes.count)
  }

  @Test("Random bytes of every length look random")
  func random() {
    var random = SeededGenerator(seed: 31)
    for count in Array(64...1200) + [4096, 12_000, 100_000, 1 << 20] {
      let census = Self.census(random.bytes(count))
      #expect(census.looksRandom)
      #expect(census.object == nil)
    }
  }

  @Test("A text of 95 bytes shows wherever it stands")
  func anywhere() {
    var random = SeededGenerator(seed: 32)
    let text = Array("db_password = correct horse battery staple; ".utf8)
    for offset in 0..<600 {
      var bytes = random.bytes(700)
      for index in 0..<95 where offset + index < 700 { bytes[offset + index] = text[index % text.count] }
      if offset + 95 <= 700 { #expect(!Self.census(bytes).looksRandom, "at \(offset)") }
    }
  }

  @Test("Text in UTF-8 with few letters of ASCII shows, and so does UTF-16")
  func otherText() {
    let texts = [
      Array(String(repeating: "Пароль от базы данных: ", count: 40).utf8),
      Array(String(repeating: "数据库的密码是正确的马电池订书钉", count: 40).utf8),
      Array(String(repeating: "le mot de passe est vérifié à l'été, déjà ", count: 40).utf16).flatMap {
        [UInt8($0 & 255), UInt8($0 >> 8)]
      },
    ]
    var random = SeededGenerator(seed: 33)
    for text in texts { #expect(!Self.census(random.bytes(333) + text + random.bytes(500)).looksRandom) }
  }

  @Test("Text strewn among random bytes shows by the sum, where it is a tenth")
  func strewn() {
    var random = SeededGenerator(seed: 34)
    var bytes = random.bytes(12_000)
    for index in stride(from: 0, to: bytes.count, by: 10) { bytes[index] = 0x61 }
    #expect(!Self.census(bytes).looksRandom)
  }
}
