import TestSupport
import Testing

@testable import KubernetesStorage

@Suite("Heads of encrypted values")
struct EnvelopeHeadTests {
  private static let prefixes = [
    "k8s:enc:aescbc:v1:key1:", "k8s:enc:aesgcm:v1:key1:", "k8s:enc:secretbox:v1:k:",
    "k8s:enc:aescbc:v1:aescbckey-2026-04-16T12:29:38-07:00:", "k8s:enc:kms:v1:plugin:",
  ]

  @Test(
    "A value like another is told by its head, and as its classification has it", arguments: prefixes,
    0..<8 as Range<UInt64>)
  func alike(_ prefix: String, seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let first = Self.value(prefix, &random)
    // Bytes behind the name may look like more of it.
    guard let head = Self.head(of: first) else { return }
    var known = 0
    for _ in 0..<200 {
      var value = Self.value(prefix, &random)
      expectTruth(head, first, value)
      if stands(head, before: value) { known += 1 }
      let position = Int.random(in: value.indices, using: &random)
      switch Int.random(in: 0..<5, using: &random) {
      case 0: value[position] = UInt8.random(in: .min ... .max, using: &random)
      case 1: value.removeSubrange(position...)
      case 2: value.insert(contentsOf: "k8s\u{0}\n\u{2}\n\u{0}".utf8, at: position)
      case 3: value.insert(contentsOf: "{ \"apiVersion\":\"v1\"".utf8, at: position)
      default: value.insert(UInt8(ascii: ":"), at: min(position, prefix.utf8.count + 2))
      }
      expectTruth(head, first, value)
    }
    #expect(known > 150)
  }

  @Test("Values of one KMS key are told from those of another")
  func keyIDs() throws {
    let values = ["one", "two"].map { keyID in
      var object = ProtobufWriter()
      var random = SeededGenerator(seed: 5)
      object.bytes(1, random.bytes(200))
      object.bytes(2, Array(keyID.utf8))
      object.bytes(3, random.bytes(48))
      return Array("k8s:enc:kms:v2:plugin:".utf8) + object.bytes
    }
    let head = try #require(Self.head(of: values[0]))
    #expect(stands(head, before: values[0]))
    #expect(!stands(head, before: values[1]))
  }

  @Test("What is not encrypted, or may have several names, has none")
  func none() {
    let several = "k8s:enc:aesgcm:v1:a:b:" + String(repeating: "x", count: 40)
    for text in ["", "k8s\u{0}", "k8s:enc:aescbc:v1:key1:short", several] {
      #expect(Self.head(of: Array(text.utf8)) == nil)
    }
  }

  private static func head(of value: [UInt8]) -> EnvelopeHead? {
    let bytes = unsafe value.span.bytes
    return EnvelopeHead(of: bytes, Classification(of: bytes))
  }

  private func stands(_ head: EnvelopeHead, before value: [UInt8]) -> Bool {
    unsafe head.stands(before: value.span.bytes)
  }

  /// Where the head stands, the value is classified as the first one was.
  private func expectTruth(_ head: EnvelopeHead, _ first: [UInt8], _ value: [UInt8]) {
    guard stands(head, before: value) else { return }
    let expected = Classification(of: unsafe first.span.bytes)
    let found = Classification(of: unsafe value.span.bytes)
    #expect(found.valueClass == .encrypted)
    #expect(found.reason == nil && found.encoding == nil)
    #expect(found.envelope?.provider == expected.envelope?.provider)
    #expect(found.envelope?.keyName == expected.envelope?.keyName)
    #expect(found.envelope?.candidateNameEnds == expected.envelope?.candidateNameEnds)
  }

  private static func value(_ prefix: String, _ random: inout SeededGenerator) -> [UInt8] {
    var value = Array(prefix.utf8)
    if prefix.contains("kms") { value += [0, 32] }
    return value + random.bytes(16 * Int.random(in: 3...40, using: &random))
  }
}
