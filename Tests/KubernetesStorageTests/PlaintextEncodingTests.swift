import Foundation
import KubernetesStorage
import TestSupport
import Testing

@Suite("Encodings in the clear")
struct PlaintextEncodingTests {
  @Test(
    "JSON objects, with white space around them",
    arguments: ["{}", "{}\n", " \t\r\n{ } \n", #"{"a":[1,2,{"b":null}],"c":"\u00e9\ud83d\ude00"}"#])
  func json(_ text: String) {
    let classification = Classification(Array(text.utf8))
    #expect(classification.valueClass == .plaintext)
    #expect(classification.encoding == .json)
    #expect(classification.reason == nil)
    #expect(classification.object == 0..<text.utf8.count)
  }

  @Test("What only begins like JSON", arguments: ["{", "{}x", "{}\0", #"{"a"}"#, #"{"a":1,}"#, "{]", " {a: 1}"])
  func invalidJSON(_ text: String) {
    let classification = Classification(Array(text.utf8))
    #expect(classification.valueClass == .unrecognized)
    #expect(classification.reason == .invalidJSON)
  }

  @Test("Other JSON values are no objects", arguments: ["[]", "null", "1", "\"x\"", "true"])
  func otherJSON(_ text: String) {
    #expect(Classification(Array(text.utf8)).valueClass == .unrecognized)
  }

  @Test("Whatever follows k8s\\0 is read as protobuf")
  func protobuf() {
    #expect(Classification([0x6B, 0x38, 0x73, 0x00]).encoding == .protobuf)
    #expect(Classification([0x6B, 0x38, 0x73, 0x00, 0xFF, 0xFF]).encoding == .protobuf)
  }

  @Test("Undefined encoding styles", arguments: UInt8(1)...255)
  func undefinedStyle(_ style: UInt8) {
    let classification = Classification([0x6B, 0x38, 0x73, style, 0x0A])
    #expect(classification.valueClass == .unrecognized)
    #expect(classification.reason == .undefinedEncodingStyle)
  }

  @Test("k8s alone selects no encoding style")
  func prefixAlone() {
    #expect(Classification(Array("k8s".utf8)).reason == nil)
    #expect(Classification(Array("k8s".utf8)).valueClass == .unrecognized)
  }

  @Test("CBOR is known by its tag")
  func cbor() {
    #expect(Classification([0xD9, 0xD9, 0xF7]).encoding == .cbor)
    #expect(Classification([0xD9, 0xD9, 0xF7, 0xA0]).encoding == .cbor)
    #expect(Classification([0xD9, 0xD9, 0xF6, 0xA0]).valueClass == .unrecognized)
  }

  @Test("Base64 of the protobuf encoding")
  func base64() {
    let text = Data(Stored.protobufSecret).base64EncodedString()
    #expect(Classification(Array(text.utf8)).encoding == .base64Protobuf)
    #expect(Classification(Array((text + "\n").utf8)).encoding == .base64Protobuf)
    for count in 0...3 {
      let short = Data(Array("k8s\0".utf8) + [UInt8](repeating: 10, count: count)).base64EncodedString()
      #expect(Classification(Array(short.utf8)).encoding == .base64Protobuf)
    }
    #expect(Classification(Array("azhzA".utf8)).valueClass == .unrecognized)
    #expect(Classification(Array("azhzAQ==".utf8)).valueClass == .unrecognized)
    #expect(Classification(Array("azhzAA-_".utf8)).valueClass == .unrecognized)
    #expect(Classification(Array("azhzAA==x".utf8)).valueClass == .unrecognized)
  }

  @Test("YAML has lines that begin with apiVersion and kind")
  func yaml() {
    #expect(Classification(Stored.yamlSecret).encoding == .yaml)
    #expect(Classification(Array("---\n# é\nkind: Secret\napiVersion: v1".utf8)).encoding == .yaml)
    #expect(Classification(Array("kind: Secret\n".utf8)).valueClass == .unrecognized)
    #expect(Classification(Array(" kind: Secret\n apiVersion: v1".utf8)).valueClass == .unrecognized)
    #expect(Classification(Stored.yamlSecret + [0xFF]).valueClass == .plaintext, "what follows hides nothing")
  }
}
