import KubernetesStorage
import TestSupport
import Testing

/// The manipulations of the sample `17-tampered`, on values built alike: aescbc, key name `key1`.
@Suite("Tampered values")
struct TamperedValueTests {
  private static let prefix = Stored.prefix(.aescbc, "key1")

  private static let genuine: [UInt8] = {
    var random = SeededGenerator(seed: 17)
    return prefix + Stored.body(.aescbc, count: 275, &random)
  }()

  private static func padded(_ object: [UInt8]) -> [UInt8] {
    object + [UInt8](repeating: 0x20, count: (16 - object.count % 16) % 16)
  }

  /// One manipulated value and what it must be taken for.
  struct Case: Sendable, CustomTestStringConvertible {
    let id: String
    let value: [UInt8]
    let valueClass: ValueClass
    var reason: Reason?
    var encoding: Encoding?
    var testDescription: String { id }
  }

  static let cases: [Case] = [
    Case(id: "a: copied ciphertext", value: genuine, valueClass: .encrypted),
    Case(
      id: "b: protobuf behind the prefix", value: prefix + Stored.protobufSecret, valueClass: .plaintext,
      reason: .forgedEnvelope, encoding: .protobuf),
    Case(
      id: "b2: JSON behind the prefix", value: prefix + Stored.jsonSecret, valueClass: .plaintext,
      reason: .forgedEnvelope, encoding: .json),
    Case(
      id: "b3: padded JSON behind the prefix", value: prefix + padded(Stored.jsonSecret), valueClass: .plaintext,
      reason: .forgedEnvelope, encoding: .json),
    Case(
      id: "c: cut by 7 bytes", value: Array(genuine.dropLast(7)), valueClass: .malformed,
      reason: .lengthNotMultipleOf16),
    Case(
      id: "c2: cut to prefix and 10 bytes", value: Array(genuine.prefix(prefix.count + 10)), valueClass: .malformed,
      reason: .tooShort),
    Case(id: "c3: prefix only", value: prefix, valueClass: .malformed, reason: .tooShort),
    Case(
      id: "c4: cut to IV and one block", value: Array(genuine.prefix(prefix.count + 32)), valueClass: .encrypted),
    Case(id: "d: empty", value: [], valueClass: .empty),
    Case(
      id: "e: unknown provider", value: Array("k8s:enc:foo:v1:x:".utf8) + genuine.suffix(64),
      valueClass: .unknownEnvelope, reason: .unknownProvider),
    Case(
      id: "f: upper-case prefix", value: Array("K8S:ENC:AESCBC:V1:key1:".utf8) + genuine.suffix(64),
      valueClass: .unrecognized),
    Case(id: "g: leading space", value: [0x20] + genuine, valueClass: .unrecognized),
    Case(
      id: "h: no key name", value: Array("k8s:enc:aescbc:v1:".utf8) + [UInt8](0x80...0xBF), valueClass: .malformed,
      reason: .noKeyName),
    Case(
      id: "i: unknown version", value: Array("k8s:enc:aescbc:v9:key1:".utf8) + genuine.suffix(64),
      valueClass: .unknownEnvelope, reason: .unknownVersion),
    Case(id: "j: JSON", value: Stored.jsonSecret, valueClass: .plaintext, encoding: .json),
    Case(
      id: "k: unknown key name", value: Stored.prefix(.aescbc, "retired") + genuine.suffix(288),
      valueClass: .encrypted),
    Case(
      id: "l: one byte flipped", value: genuine.dropLast() + [genuine[genuine.count - 1] ^ 1],
      valueClass: .encrypted),
    Case(id: "m: text", value: Array("plain".utf8), valueClass: .unrecognized),
    Case(id: "n: protobuf", value: Stored.protobufSecret, valueClass: .plaintext, encoding: .protobuf),
    Case(
      id: "upper-case provider", value: Array("k8s:enc:AESCBC:v1:key1:".utf8) + genuine.suffix(64),
      valueClass: .malformed, reason: .invalidPrefix),
    Case(id: "reserved prefix only", value: Array("k8s:enc:".utf8), valueClass: .malformed, reason: .invalidPrefix),
    Case(
      id: "no version", value: Array("k8s:enc:aescbc:v:key1:".utf8), valueClass: .malformed, reason: .invalidPrefix),
  ]

  @Test("Every manipulation is seen for what it is", arguments: cases)
  func manipulation(_ tampered: Case) {
    let classification = Classification(tampered.value)
    #expect(classification.valueClass == tampered.valueClass)
    #expect(classification.reason == tampered.reason)
    #expect(classification.encoding == tampered.encoding)
    #expect((classification.object != nil) == (tampered.valueClass == .plaintext))
  }

  @Test("The key name is told of malformed and forged envelopes too", arguments: cases)
  func keyName(_ tampered: Case) {
    guard let envelope = Classification(tampered.value).envelope, tampered.reason != .noKeyName else { return }
    let name = tampered.id.hasPrefix("k:") ? "retired" : "key1"
    #expect(tampered.value.text(envelope.keyName) == name)
    #expect(envelope.provider == .aescbc)
  }
}
