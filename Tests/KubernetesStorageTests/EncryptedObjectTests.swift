import KubernetesStorage
import TestSupport
import Testing

@Suite("KMS v2 EncryptedObject")
struct EncryptedObjectTests {
  private static let data: [UInt8] = {
    var random = SeededGenerator(seed: 11)
    return random.bytes(335)
  }()

  private static func classify(_ object: [UInt8]) -> Classification {
    Classification(Stored.prefix(.kmsv2, "my-kms") + object)
  }

  @Test("Limits are allowed, one more is not")
  func limits() {
    #expect(Self.classify(Stored.object(data: Self.data)).valueClass == .encrypted)
    let text = { (count: Int) in [UInt8](repeating: 0x6B, count: count) }
    #expect(Self.classify(Stored.object(data: Self.data, keyID: text(1024))).reason == nil)
    #expect(Self.classify(Stored.object(data: Self.data, keyID: text(1025))).reason == .keyIDTooLong)
    #expect(Self.classify(Stored.object(data: Self.data, keyID: [])).reason == .missingKeyID)
    #expect(Self.classify(Stored.object(data: Self.data, keyID: [0xED, 0xA0, 0x80])).reason == .invalidKeyID)
    #expect(Self.classify(Stored.object(data: Self.data, source: text(1024))).reason == nil)
    #expect(Self.classify(Stored.object(data: Self.data, source: text(1025))).reason == .dekSourceTooLong)
    #expect(Self.classify(Stored.object(data: Self.data, source: [])).reason == .missingDEKSource)
    #expect(Self.classify(Stored.object(data: [])).reason == .missingEncryptedData)
    let key = "a.b"
    let fits = 32 * 1024 - key.utf8.count
    #expect(Self.classify(Stored.object(data: Self.data, annotations: [(key, text(fits))])).reason == nil)
    #expect(
      Self.classify(Stored.object(data: Self.data, annotations: [(key, text(fits + 1))])).reason == .annotationsTooLong)
    #expect(
      Self.classify(
        Stored.object(data: Self.data, annotations: [(key, text(fits - 4)), ("a.c", text(2))])
      ).reason == .annotationsTooLong)
  }

  @Test("The data key's type sets the least length", arguments: [(UInt64(0), 28), (1, 60)])
  func leastLength(_ type: UInt64, _ count: Int) {
    let object = { (count: Int) in Stored.object(data: Array(Self.data.prefix(count)), type: type) }
    #expect(Self.classify(object(count)).valueClass == .encrypted)
    #expect(Self.classify(object(count - 1)).reason == .tooShort)
  }

  @Test("Other types are refused", arguments: [2, 1 << 31, 1 << 32, UInt64.max])
  func otherTypes(_ type: UInt64) {
    #expect(Self.classify(Stored.object(data: Self.data, type: type)).reason == .invalidDEKSourceType)
  }

  @Test(
    "Annotation keys that are fully qualified domain names",
    arguments: [
      "a.b", "version.encryption.example.io", "a.b.", "1.2", "a-b.c--d", "x\(String(repeating: "y", count: 62)).io",
      Array(repeating: String(repeating: "z", count: 62), count: 4).joined(separator: ".") + ".",
    ])
  func domainNames(_ key: String) {
    #expect(Self.classify(Stored.object(data: Self.data, annotations: [(key, [1])])).reason == nil)
  }

  @Test(
    "Annotation keys that are not",
    arguments: [
      "", ".", "a", "a.", ".a", "a..b", "a.b..", "A.b", "a_b.c", "-a.b", "a-.b", "a.b-", "ä.b", "a b.c",
      "x\(String(repeating: "y", count: 63)).io",
      Array(repeating: String(repeating: "z", count: 63), count: 4).joined(separator: "."),
    ])
  func otherNames(_ key: String) {
    let object = Stored.object(data: Self.data, annotations: [("good.example.io", []), (key, [1])])
    #expect(Self.classify(object).reason == .invalidAnnotation)
  }

  @Test("Fields that no server writes make it malformed, and of several the last counts")
  func strayFields() throws {
    let object = Stored.object(data: Self.data, keyID: Array("second".utf8), annotations: [("a.b", [1]), ("a.c", [2])])
    #expect(Self.classify(object).reason == nil)
    for number: UInt64 in [1, 2, 3] {
      var message = ProtobufWriter(keepsDefaults: true)
      message.bytes(number, [0x61])
      let value = Stored.prefix(.kmsv2, "my-kms") + message.bytes + object
      let classification = Classification(value)
      #expect(classification.reason == .repeatedField)
      #expect(classification.envelope.flatMap { value.text($0.keyID) } == "second")
    }
    for number: UInt64 in [6, 9, 100] {
      var message = ProtobufWriter(keepsDefaults: true)
      message.bytes(number, [1, 2, 3])
      #expect(Self.classify(object + message.bytes).reason == .unknownField)
    }
    var type = ProtobufWriter(keepsDefaults: true)
    type.varint(5, UInt64(7))
    #expect(Self.classify(type.bytes + object).reason == .repeatedField)
    for stray in [Stored.entry("a.d", [1]) + [0x1A, 1, 2], Stored.entry("a.d", [1]) + [0x12, 1, 2]] {
      var annotation = ProtobufWriter()
      annotation.bytes(4, stray)
      #expect([.unknownField, .repeatedField].contains(Self.classify(object + annotation.bytes).reason))
    }
  }

  @Test("Known fields of another wire type, groups and cut messages are no protobuf")
  func notProtobuf() {
    var wrong = ProtobufWriter()
    wrong.varint(2, UInt64(1))
    #expect(Self.classify(wrong.bytes + Stored.object(data: Self.data)).reason == .invalidProtobuf)
    #expect(Self.classify([0x2A, 0x00] + Stored.object(data: Self.data)).reason == .invalidProtobuf)
    #expect(Self.classify([0x0B, 0x0C] + Stored.object(data: Self.data)).reason == .invalidProtobuf)
    let object = Stored.object(data: Self.data)
    #expect(Self.classify(Array(object.dropLast())).reason == .invalidProtobuf)
    #expect(Self.classify([0x22, 0x01, 0x0A] + object).reason == .invalidProtobuf)
  }

  @Test("A key id that the server would refuse is not told")
  func refusedKeyID() {
    let classification = Self.classify(Stored.object(data: Self.data, keyID: [0xFF]))
    #expect(classification.valueClass == .malformed)
    #expect(classification.envelope?.keyID == nil)
    #expect(classification.envelope?.keyName != nil)
  }
}
