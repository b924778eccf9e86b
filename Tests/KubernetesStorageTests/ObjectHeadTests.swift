import Foundation
import KubernetesStorage
import TestSupport
import Testing

@Suite("Heads of objects")
struct ObjectHeadTests {
  private static func head(_ bytes: [UInt8]) -> ObjectHead? { ObjectHead(of: unsafe bytes.span.bytes) }

  private static func head(_ text: String) -> ObjectHead? { head(Array(text.utf8)) }

  /// The built-in resource that the head of `bytes` tells.
  private static func resource(_ bytes: [UInt8]) -> String? {
    guard let id = head(bytes)?.builtIn else { return nil }
    return BuiltInResource[id].resource.description
  }

  private static func base64(_ bytes: [UInt8]) -> [UInt8] { Array(Data(bytes).base64EncodedString().utf8) }

  private static let secrets: [[UInt8]] = [
    Stored.protobufSecret, Stored.jsonSecret, Stored.cborSecret, Stored.yamlSecret, base64(Stored.protobufSecret),
    base64(Stored.protobufSecret) + [0x0A],
  ]

  @Test("A Secret is one in every encoding", arguments: secrets)
  func everyEncoding(_ secret: [UInt8]) {
    #expect(Self.resource(secret) == "secrets")
  }

  @Test(
    "Kinds of built-in groups are theirs, and kinds of other groups are custom",
    arguments: [
      ("v1", "Pod", "pods"), ("apps/v1", "Deployment", "deployments.apps"),
      ("apiextensions.k8s.io/v1beta1", "CustomResourceDefinition", "customresourcedefinitions.apiextensions.k8s.io"),
      ("vault.io/v1", "Secret", nil), ("v1", "Secrets", nil), ("v1", "secret", nil), ("apps/v1", "Secret", nil),
      ("secrets.acme.io/v1", "SealedThing", nil),
    ])
  func groups(apiVersion: String, kind: String, resource: String?) throws {
    let protobuf = Stored.protobuf(apiVersion: apiVersion, kind: kind, raw: [])
    let yaml = "apiVersion: \(apiVersion)\nkind: \(kind)\n"
    let json = #"{"apiVersion":"\#(apiVersion)","kind":"\#(kind)"}"#
    for value in [protobuf, Self.base64(protobuf), Array(yaml.utf8), Array(json.utf8)] {
      #expect(try #require(Self.head(value)).builtIn.map { BuiltInResource[$0].resource.description } == resource)
    }
  }

  @Test("What follows the type is not looked at")
  func restIsPassedOver() {
    let message = Stored.protobuf(raw: [UInt8](repeating: 0xFF, count: 100))
    let typeEnd = 4 + 2 + 4 + 8
    for count in typeEnd...message.count { #expect(Self.resource(Array(message.prefix(count))) == "secrets") }
    #expect(Self.head(Array(message.prefix(typeEnd - 1))) == nil)
    #expect(Self.resource(Array(#"{"kind":"Secret","apiVersion":"v1"#.utf8)) == nil)
    #expect(Self.resource(Array(#"{"kind":"Secret","apiVersion":"v1""#.utf8)) == "secrets")
    #expect(Self.resource(Array(#"{"kind":"Secret","apiVersion":"v1" garbage"#.utf8)) == "secrets")
    #expect(Self.resource(Self.base64(message) + Array("\n!".utf8)) == "secrets")
    #expect(Self.resource(Array("apiVersion: v1\nkind: Secret\n\t*&?".utf8)) == "secrets")
    #expect(Self.resource(Stored.cborSecret + [0xFF]) == "secrets")
  }

  @Test("The message of a type may stand behind others")
  func fieldOrder() {
    var typeMeta = ProtobufWriter()
    typeMeta.varint(9, 7 as UInt64)
    typeMeta.bytes(2, Array("Secret".utf8))
    typeMeta.bytes(1, Array("v1".utf8))
    var unknown = ProtobufWriter()
    unknown.bytes(2, [1, 2, 3])
    unknown.bytes(1, typeMeta.bytes)
    #expect(Self.resource(Array("k8s\0".utf8) + unknown.bytes) == "secrets")
  }

  @Test(
    "No spelling of a member hides a kind",
    arguments: [
      #"{"kind":"Secret","apiVersion":"v1"}"#, #" {"kind" : "Secret" , "apiVersion" : "v1"}"#,
      #"{"kind":"\u0053ecret","apiVersion":"v1"}"#, #"{"kind":"Secret","apiVersion":"\u00761"}"#,
      #"{"\u006bind":"Secret","api\u0056ersion":"v1"}"#,
      #"{"data":{"kind":"Pod","a":["kind"]},"metadata":{"kind":"x"},"kind":"Secret","spec":[],"apiVersion":"v1"}"#,
      #"{"kind":null,"kind":["Pod"],"kind":{"kind":"Pod"},"kind":"Secret","apiVersion":1,"apiVersion":"v1"}"#,
      "apiVersion: v1\nkind: Secret", "\"apiVersion\": \"v1\"\n'kind': 'Secret'", "kind: Secret\napiVersion: v1",
      "# comment\n---\ndata:\n  kind: Pod\nmetadata:\n  name: x\nkind: \"\\x53ecret\" # x\napiVersion: v1",
      "\n\napiVersion: v1\ndata:\n  k: |\n    kind: Pod\n\n    x\nkind: Secret",
    ])
  func spellings(_ text: String) {
    #expect(Self.resource(Array(text.utf8)) == "secrets")
  }

  @Test("The first apiVersion and kind count")
  func duplicates() {
    let first = #"{"kind":"Secret","apiVersion":"v1","kind":"Pod","apiVersion":"apps/v1"}"#
    #expect(Self.resource(Array(first.utf8)) == "secrets")
    #expect(Self.resource(Array("kind: Secret\napiVersion: v1\nkind: Pod\n".utf8)) == "secrets")
  }

  @Test("In CBOR, strings of either type and any form", arguments: [true, false])
  func cborForms(isChunked: Bool) {
    let string = { (text: String) -> CBORValue in
      isChunked ? .textChunks([String(text.prefix(1)), String(text.dropFirst())]) : .text(text)
    }
    let value = Stored.secret(string: string, data: CBORValue.text, map: CBORValue.indefiniteMap)
    #expect(Self.resource(value) == "secrets")
  }

  private static let otherTexts = [
    "", "k", "k8", "k8s", "k8s:enc:aescbc:v1:key1:", "k8s\u{1}", "k8s\0", "k8s\0\u{0A}", "1234567", "0", "null", "[]",
    "{", "{}", "\"x\"", "azhzA", "azhzAA==", "a", "text", "text with words", "a: b", "kind: Secret", "apiVersion: v1",
    " kind: Secret\n apiVersion: v1", "0a1b:azhzAA==", #"{"kind":"Secret"}"#, #"{"kind":"","apiVersion":"v1"}"#,
    #"{"kind":"Secret","apiVersion":""}"#, #"[{"kind":"Secret","apiVersion":"v1"}]"#, "apiVersion: v1\nkind: \"\"",
    #"{"metadata":{"kind":"Secret","apiVersion":"v1"}}"#, "\u{0}\u{1}\u{2}", "- kind: Secret\n  apiVersion: v1\n",
    "\n", "    ", "---\n", "#",
  ]

  @Test("What does not begin like an object of a type has no head", arguments: otherTexts)
  func others(_ text: String) {
    #expect(Self.head(text) == nil)
  }

  @Test("Types without one of their texts have no head")
  func emptyTexts() {
    #expect(Self.head(Stored.protobuf(apiVersion: "", kind: "Secret", raw: [])) == nil)
    #expect(Self.head(Stored.protobuf(apiVersion: "v1", kind: "", raw: [])) == nil)
    #expect(Self.head(CBORValue.map([(.text("kind"), .text("Secret"))]).stored) == nil)
    #expect(Self.head([0xD9, 0xD9]) == nil)
    #expect(Self.head([0xD9, 0xD9, 0xF6, 0xA0]) == nil)
    #expect(Self.head([0xD9, 0xD9, 0xF7]) == nil)
  }

  @Test("Damage is no trap", arguments: secrets)
  func damage(_ secret: [UInt8]) {
    var random = SeededGenerator(seed: 1)
    for count in 0..<secret.count { _ = Self.head(Array(secret.prefix(count))) }
    for _ in 0..<2_000 {
      var value = secret
      for _ in 0..<3 { value[Int(random.next() % UInt64(min(60, value.count)))] = UInt8(random.next() % 256) }
      _ = Self.head(value)
      _ = Self.head(Array(value.prefix(3)) + random.bytes(40))
      _ = Self.head(random.bytes(Int(random.next() % 40)))
    }
  }

  @Test("Huge values are read in one pass")
  func hugeValues() {
    let many = String(repeating: #""kind":1,"#, count: 100_000)
    #expect(Self.resource(Array(("{\(many)" + #""kind":"Secret","apiVersion":"v1"}"#).utf8)) == "secrets")
    #expect(Self.head(String(repeating: " ", count: 1_000_000)) == nil)
    #expect(Self.head(String(repeating: "kind: x\n", count: 100_000)) == nil)
    #expect(Self.head("k8s\0" + String(repeating: "\u{12}\u{0}", count: 500_000)) == nil)
    #expect(Self.head("azhzAA" + String(repeating: "A", count: 1_000_000)) == nil)
  }

  @Test("A cache answers as the value itself does, however many types and forgeries go by")
  func cache() {
    var values: [[UInt8]] = [[], Array("k8s".utf8)] + Self.secrets
    for resource in BuiltInResource.all {
      for version in ["v1", "v1beta1"] {
        for group in [resource.resource.group, "acme.io"] {
          let apiVersion = group.isEmpty ? version : "\(group)/\(version)"
          values.append(Stored.protobuf(apiVersion: apiVersion, kind: resource.kind, raw: [1, 2, 3]))
        }
      }
    }
    // A forged length, a swapped field and a cut, of each.
    for value in values.prefix(60) where value.count > 12 {
      for offset in 0..<12 {
        values.append(value.enumerated().map { $0.offset == offset ? $0.element ^ 1 : $0.element })
      }
      values.append(value.dropLast(4))
      values.append(Array(value.prefix(12)))
    }
    var cache = ObjectHeadCache()
    for _ in 0..<3 {
      for value in values.shuffled() { #expect(cache.head(of: unsafe value.span.bytes) == Self.head(value)) }
    }
  }
}
