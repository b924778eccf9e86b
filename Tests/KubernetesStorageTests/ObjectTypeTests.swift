import Foundation
import KubernetesStorage
import TestSupport
import Testing

@Suite("Types of objects")
struct ObjectTypeTests {
  private static func type(_ bytes: [UInt8]) -> ObjectType? { ObjectType(of: unsafe bytes.span.bytes) }

  @Test(
    "The group stands before the slash",
    arguments: [
      ("v1", ""), ("apps/v1", "apps"), ("secrets.acme.io/v1alpha1", "secrets.acme.io"), ("/v1", ""), ("a/b/c", "a"),
      ("a/", "a"),
    ])
  func groups(apiVersion: String, group: String) {
    let protobuf = Stored.protobuf(apiVersion: apiVersion, kind: "Widget", raw: [])
    let json = #"{"apiVersion":"\#(apiVersion)","kind":"Widget","spec":{}}"#
    let cbor = CBORValue.map([(.bytes("kind"), .bytes("Widget")), (.bytes("apiVersion"), .bytes(apiVersion))])
    let yaml = "apiVersion: \(apiVersion)\nkind: Widget\n"
    let values = [
      protobuf, Array(json.utf8), cbor.stored, Array(yaml.utf8), Array(Data(protobuf).base64EncodedString().utf8),
    ]
    for value in values {
      #expect(Self.type(value)?.group == group)
      #expect(Self.type(value)?.kind == "Widget")
    }
  }

  @Test("Escapes are resolved, and bytes that are not UTF-8 replaced")
  func texts() {
    #expect(Self.type(Array(#"{"kind":"W\u00e9\n","apiVersion":"a.b\/v1"}"#.utf8))?.kind == "Wé\n")
    #expect(Self.type(Array(#"{"kind":"W","apiVersion":"a.b\/v1"}"#.utf8))?.group == "a.b")
    let invalid = Array(#"{"kind":"W"#.utf8) + [0xFF] + Array(#"","apiVersion":"v1"}"#.utf8)
    #expect(Self.type(invalid)?.kind == "W\u{FFFD}")
  }

  @Test("Names are cut at 1024 bytes")
  func longNames() {
    let long = String(repeating: "n", count: 2000)
    for value in [
      Array(#"{"kind":"\#(long)","apiVersion":"\#(long)/v1"}"#.utf8),
      Stored.protobuf(apiVersion: "\(long)/v1", kind: long, raw: []),
    ] {
      #expect(Self.type(value)?.kind.utf8.count == ObjectOutline.maximumNameBytes)
      #expect(Self.type(value)?.group.utf8.count == ObjectOutline.maximumNameBytes)
    }
  }

  @Test("Texts of the greatest length have their type in base64 too")
  func longestBase64() {
    let apiVersion = String(repeating: "g", count: 253) + "/" + String(repeating: "v", count: 63)
    let value = Stored.protobuf(apiVersion: apiVersion, kind: String(repeating: "K", count: 63), raw: [1])
    #expect(Self.type(Array(Data(value).base64EncodedString().utf8)) == Self.type(value))
    #expect(Self.type(value)?.group.utf8.count == 253)
  }

  @Test("What is no object in the clear has no type", arguments: ["", "k8s:enc:kms:v2:p:", "12", "{}", "kind: Secret"])
  func others(_ text: String) {
    #expect(Self.type(Array(text.utf8)) == nil)
  }
}
