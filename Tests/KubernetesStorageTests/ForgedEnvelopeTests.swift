import Foundation
import KubernetesStorage
import TestSupport
import Testing

@Suite("Objects in the clear behind a prefix")
struct ForgedEnvelopeTests {
  /// An object in one of its encodings.
  struct Object: Sendable, CustomTestStringConvertible {
    let id: String
    let encoding: Encoding
    let bytes: [UInt8]
    var testDescription: String { id }
  }

  static let objects: [Object] = [
    Object(id: "protobuf", encoding: .protobuf, bytes: Stored.protobufSecret),
    Object(id: "JSON", encoding: .json, bytes: Stored.jsonSecret),
    Object(
      id: "JSON, data first", encoding: .json,
      bytes: Array("{ \"data\" : {\"k\":\"djI=\"},\n \"type\": \"Opaque\", \"metadata\" : { \"name\":\"x\"}}".utf8)),
    Object(id: "YAML", encoding: .yaml, bytes: Stored.yamlSecret),
    Object(
      id: "base64", encoding: .base64Protobuf, bytes: Array(Data(Stored.protobufSecret).base64EncodedString().utf8)),
    Object(
      id: "CBOR, byte strings", encoding: .cbor,
      bytes: EnvelopeVector.positive.first { $0.id == "identity-cbor-cr-bytes" }?.stored ?? []),
    Object(
      id: "CBOR, text strings", encoding: .cbor,
      bytes: EnvelopeVector.positive.first { $0.id == "identity-cbor-cr-text" }?.stored ?? []),
  ]

  private static func expectForged(
    _ value: [UInt8], _ object: Object, provider: Provider?, at offset: Int? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let classification = Classification(value)
    #expect(classification.valueClass == .plaintext, sourceLocation: sourceLocation)
    #expect(classification.reason == .forgedEnvelope, sourceLocation: sourceLocation)
    #expect(classification.encoding == object.encoding, sourceLocation: sourceLocation)
    #expect(classification.envelope?.provider == provider, sourceLocation: sourceLocation)
    if let offset {
      #expect(classification.object == offset..<value.count, sourceLocation: sourceLocation)
    }
  }

  @Test("Right behind the prefix", arguments: Provider.allCases, objects)
  func behindPrefix(_ provider: Provider, _ object: Object) {
    let prefix = Stored.prefix(provider, "key1")
    let value = prefix + object.bytes
    Self.expectForged(value, object, provider: provider, at: object.encoding == .yaml ? nil : prefix.count)
    #expect(Classification(value).envelope.flatMap { value.text($0.keyName) } == "key1")
  }

  @Test("Padded to every length", arguments: objects)
  func padded(_ object: Object) {
    for count in 0..<48 {
      for filler: UInt8 in [0x00, 0x10, 0x20, 0x0A] {
        let value = Stored.prefix(.aescbc, "key1") + object.bytes + [UInt8](repeating: filler, count: count)
        Self.expectForged(value, object, provider: .aescbc)
      }
    }
  }

  @Test("Behind random bytes, as behind an IV or nonce", arguments: [12, 16, 24, 44, 60, 90], objects)
  func behindRandom(_ count: Int, _ object: Object) {
    var random = SeededGenerator(seed: UInt64(count))
    for provider in Provider.allCases {
      let value = Stored.prefix(provider, "key1") + [0xFF] + random.bytes(count - 1) + object.bytes
      Self.expectForged(value, object, provider: provider)
    }
  }

  @Test("Between random bytes, however many", arguments: Provider.allCases, objects)
  func betweenRandom(_ provider: Provider, _ object: Object) {
    var random = SeededGenerator(seed: 41)
    for count in [96, 97, 111, 128, 192, 255, 1000, 4096] {
      var text = random.bytes(count) + object.bytes + random.bytes(500)
      text += random.bytes((16 - text.count % 16) % 16)
      let value = Stored.prefix(provider, "key1") + Self.body(provider, around: text)
      Self.expectForged(value, object, provider: provider)
    }
  }

  @Test("Text between random bytes is not ciphertext", arguments: Provider.allCases)
  func textBetweenRandom(_ provider: Provider) {
    var random = SeededGenerator(seed: 42)
    let text = Array(Data(random.bytes(96)).base64EncodedString().utf8)
    for count in [192, 1024, 3200] {
      let body = Self.body(provider, around: random.bytes(count) + text + random.bytes(256))
      #expect(Classification(Stored.prefix(provider, "key1") + body).reason == .notCiphertext)
    }
  }

  @Test("Short bodies of text are not ciphertext", arguments: 30...63)
  func shortBodies(_ count: Int) {
    let text = Array(#"{"user":"admin","password":"correct horse battery staple"}......"#.utf8).prefix(count)
    for provider in [Provider.aesgcm, .secretbox, .kmsv1, .kmsv2] {
      let body = Self.body(provider, around: Array(text))
      #expect(Classification(Stored.prefix(provider, "key1") + body).valueClass == .malformed)
    }
  }

  @Test("In UTF-16 and in base64 of JSON and YAML", arguments: Provider.allCases)
  func wrapped(_ provider: Provider) {
    let wide = String(decoding: Stored.jsonSecret, as: UTF8.self).utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    let pretty = Array("{\n    \"kind\": \"Secret\",\n    \"apiVersion\": \"v1\"}".utf8)
    let base64 = [Stored.jsonSecret, Stored.yamlSecret, pretty].map { Array(Data($0).base64EncodedString().utf8) }
    var random = SeededGenerator(seed: 43)
    for text in [wide] + base64 {
      for count in [0, 300] {
        var text = random.bytes(count) + text
        text += random.bytes((16 - text.count % 16) % 16)
        let value = Stored.prefix(provider, "key1") + Self.body(provider, around: text)
        #expect(Classification(value).reason == .forgedEnvelope)
      }
    }
  }

  @Test(
    "In the headers of KMS: encrypted data key, key id, annotation, unknown and overwritten fields", arguments: objects)
  func inHeaders(_ object: Object) {
    var random = SeededGenerator(seed: 44)
    let wrapped = random.bytes(200) + object.bytes + random.bytes(100)
    let v1 = [UInt8(wrapped.count >> 8), UInt8(wrapped.count & 255)] + wrapped + random.bytes(400)
    Self.expectForged(Stored.prefix(.kmsv1, "plug") + v1, object, provider: .kmsv1)
    let data = random.bytes(400)
    func field(_ number: UInt64) -> [UInt8] {
      var message = ProtobufWriter()
      message.bytes(number, wrapped)
      return message.bytes
    }
    let plain = Stored.object(data: data)
    let messages = [
      Stored.object(data: data, source: wrapped), Stored.object(data: data, keyID: object.bytes),
      Stored.object(data: data, annotations: [("note.example.io", wrapped)]), plain + field(9), field(1) + plain,
    ]
    for message in messages { Self.expectForged(Stored.prefix(.kmsv2, "plug") + message, object, provider: .kmsv2) }
  }

  @Test("Inside KMS v2's encryptedData", arguments: [0, 12, 44], objects)
  func insideEncryptedData(_ count: Int, _ object: Object) {
    var random = SeededGenerator(seed: 5)
    for type: UInt64 in [0, 1] {
      let data = random.bytes(count) + object.bytes + [UInt8](repeating: 0, count: 16)
      let value = Stored.prefix(.kmsv2, "my-kms") + Stored.object(data: data, source: random.bytes(60), type: type)
      Self.expectForged(value, object, provider: .kmsv2)
      #expect(Classification(value).envelope.flatMap { value.text($0.keyID) } == "kek-1")
    }
  }

  @Test("Inside encryptedData that comes last", arguments: objects)
  func insideLateEncryptedData(_ object: Object) {
    var message = ProtobufWriter()
    var random = SeededGenerator(seed: 6)
    message.bytes(2, Array("kek-1".utf8))
    message.bytes(3, random.bytes(500))
    message.bytes(1, random.bytes(44) + object.bytes + random.bytes(300))
    Self.expectForged(Stored.prefix(.kmsv2, "my-kms") + message.bytes, object, provider: .kmsv2)
  }

  @Test("In the payload of KMS v1", arguments: [0, 12, 16], objects)
  func insidePayload(_ count: Int, _ object: Object) {
    var random = SeededGenerator(seed: 7)
    let body = [1, 0] + random.bytes(256) + random.bytes(count) + object.bytes + random.bytes(500)
    Self.expectForged(Stored.prefix(.kmsv1, "my-kms") + body, object, provider: .kmsv1)
  }

  @Test("Without a name, or behind a name too long to be one", arguments: Provider.allCases, objects)
  func withoutName(_ provider: Provider, _ object: Object) {
    Self.expectForged(Stored.prefix(provider, "").dropLast() + object.bytes, object, provider: provider)
    Self.expectForged(Stored.prefix(provider, "") + object.bytes, object, provider: provider)
  }

  @Test(
    "Behind prefixes that are not known or not valid",
    arguments: [
      "k8s:enc:rot13:v1:key1:", "k8s:enc:kms:v3:key1:", "k8s:enc:aescbc:v2:", "k8s:enc:AES:v1:k:", "k8s:enc:",
    ], objects)
  func behindUnknown(_ prefix: String, _ object: Object) {
    Self.expectForged(Array(prefix.utf8) + object.bytes, object, provider: nil)
  }

  @Test("Far into a body of text or padding", arguments: Provider.allCases, objects)
  func farBehind(_ provider: Provider, _ object: Object) {
    let filler = Array(String(repeating: "0123456789abcdef", count: 40).utf8)
    Self.expectForged(Stored.prefix(provider, "key1") + filler + object.bytes, object, provider: provider)
  }

  @Test("Time-stamped and colon names", arguments: ["aescbckey-2026-04-16T12:29:38-07:00", "key1"])
  func names(_ name: String) {
    for count in 0..<16 {
      let value =
        Stored.prefix(.aescbc, name) + Stored.jsonSecret + [UInt8](repeating: 0x20, count: count)
      let envelope = Classification(value).envelope
      #expect(envelope.flatMap { value.text($0.keyName) } == name)
      #expect(envelope.map { Array($0.candidateNameEnds) } == envelope?.keyName.map { [$0.upperBound] })
    }
  }

  @Test("A forged object can be outlined", arguments: objects.filter { $0.encoding == .protobuf || $0.id == "JSON" })
  func outline(_ object: Object) throws {
    var random = SeededGenerator(seed: 8)
    let padding = [UInt8](repeating: 0, count: 16 - object.bytes.count % 16)
    let value = Stored.prefix(.aescbc, "key1") + [0xFF] + random.bytes(15) + object.bytes + padding
    let range = try #require(Classification(value).object)
    let outline = try #require(ObjectOutline(Array(value[range]), object.encoding))
    #expect(outline.name == "db-creds")
    #expect(outline.secret?.data.map(\.name) == ["password", "username"])
    #expect(outline.secret?.data.map(\.bytes) == [13, 3])
  }

  @Test("Text that is no object is not ciphertext", arguments: Provider.allCases)
  func notCiphertext(_ provider: Provider) {
    let texts: [[UInt8]] = [
      Array(String(repeating: "The quick brown fox jumps over the lazy dog. ", count: 16).utf8).prefix(640) + [],
      Array(Data((0..<480).map { UInt8(truncatingIfNeeded: $0 &* 151) }).base64EncodedString().utf8),
      [UInt8](repeating: 0, count: 320),
      Array("-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTCOwIjy7XP3tSf".utf8).prefix(64) + [],
    ]
    for text in texts {
      let classification = Classification(Stored.prefix(provider, "key1") + Self.body(provider, around: text))
      #expect(classification.valueClass == .malformed)
      #expect(classification.reason == .notCiphertext)
      #expect(classification.encoding == nil)
    }
  }

  /// `text` where the provider keeps its ciphertext.
  private static func body(_ provider: Provider, around text: [UInt8]) -> [UInt8] {
    switch provider {
    case .aescbc, .aesgcm, .secretbox: text
    case .kmsv1: [0, 4, 0xFF, 0xFE, 0xFD, 0xFC] + text
    case .kmsv2: Stored.object(data: text)
    }
  }

  @Test("Data keys and annotations of plugins may be text")
  func textualHeaders() {
    var random = SeededGenerator(seed: 9)
    let blob = String(repeating: "QUJD", count: 90)
    let json = Array(#"{"kind":"aws","metadata":{"region":"eu-central-1"},"ciphertext":"\#(blob)"}"#.utf8)
    let header = [UInt8(json.count >> 8), UInt8(json.count & 255)]
    let v1 = Stored.prefix(.kmsv1, "aws") + header + json + [0xFF] + random.bytes(300)
    #expect(Classification(v1).valueClass == .encrypted)
    let v2 = Stored.object(
      data: random.bytes(335), keyID: [UInt8](repeating: 0x6B, count: 1024), source: Array(json.prefix(1024)),
      annotations: [("note.example.io", [UInt8](repeating: 0x61, count: 32_000))])
    #expect(Classification(Stored.prefix(.kmsv2, "aws") + v2).valueClass == .encrypted)
  }
}
