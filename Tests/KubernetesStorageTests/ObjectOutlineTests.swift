import KubernetesStorage
import TestSupport
import Testing

@Suite("Outlines")
struct ObjectOutlineTests {
  private static func outline(json text: String) -> ObjectOutline? { ObjectOutline(Array(text.utf8), .json) }

  @Test("A Secret in protobuf and in JSON have the same outline")
  func sameOutline() throws {
    let protobuf = try #require(ObjectOutline(Stored.protobufSecret, .protobuf))
    #expect(protobuf == ObjectOutline(Stored.jsonSecret, .json))
    #expect(protobuf.apiVersion == "v1")
    #expect(protobuf.kind == "Secret")
    #expect(protobuf.namespace == "default")
    #expect(protobuf.name == "db-creds")
    #expect(protobuf.secret?.type == "Opaque")
    #expect(protobuf.secret?.data == [.init(name: "password", bytes: 13), .init(name: "username", bytes: 3)])
    #expect(protobuf.secret?.isCut == false)
  }

  @Test("Only the core group's Secret is one")
  func otherKinds() throws {
    let raw = Stored.secretMessage(data: [("k", [1])])
    let other = try #require(ObjectOutline(Stored.protobuf(kind: "ConfigMap", raw: raw), .protobuf))
    #expect(other.kind == "ConfigMap")
    #expect(other.name == "db-creds")
    #expect(other.secret == nil)
    let group = try #require(ObjectOutline(Stored.protobuf(apiVersion: "x.io/v1", raw: raw), .protobuf))
    #expect(group.secret == nil)
    let json = #"{"apiVersion":"vault.io/v1","kind":"Secret","metadata":{"name":"n"},"data":{"k":"QQ=="}}"#
    #expect(Self.outline(json: json)?.secret == nil)
    #expect(Self.outline(json: "{}")?.kind == "")
  }

  @Test("Later protobuf fields win")
  func laterFieldsWin() throws {
    var secret = ProtobufWriter()
    secret.raw(Stored.secretMessage(namespace: "one", name: "first", type: "a", data: [("k", [1]), ("l", [])]))
    secret.raw(Stored.secretMessage(namespace: "two", name: "second", type: "b", data: [("k", [1, 2])]))
    secret.bytes(4, Stored.entry("s", [1, 2, 3]))
    let outline = try #require(ObjectOutline(Stored.protobuf(raw: secret.bytes), .protobuf))
    #expect(outline.namespace == "two")
    #expect(outline.name == "second")
    #expect(outline.secret?.type == "b")
    #expect(
      outline.secret?.data == [
        .init(name: "k", bytes: 2), .init(name: "l", bytes: 0), .init(name: "s", bytes: 3),
      ])
  }

  @Test("Later JSON members win, escapes are resolved, other members are passed over")
  func json() throws {
    let outline = try #require(
      Self.outline(
        json: """
          {"kind":"x","\\u006bind":"Secret","apiVersion":"v1","spec":{"data":{"no":"QQ=="},"name":"no"},
          "metadata":{"labels":{"name":"no"},"name":"a\\u00e9\\n","namespace":"one","namespace":"two","finalizers":["x"]},
          "data":{"k":"QQ==","k":"QUI=","n":null,"nested":{"x":"QQ=="},"number":1},"immutable":true,
          "data":["QQ=="],"stringData":{"s":"é\\t"},"type":"Opaque"}
          """))
    #expect(outline.kind == "Secret")
    #expect(outline.name == "aé\n")
    #expect(outline.namespace == "two")
    #expect(
      outline.secret?.data == [
        .init(name: "k", bytes: 2), .init(name: "n", bytes: 0), .init(name: "s", bytes: 3),
      ])
  }

  @Test("Names are cut at 1024 bytes, between scalars")
  func longNames() throws {
    let name = String(repeating: "n", count: 1023) + "é" + "more"
    let data = [(name, [UInt8]()), (String(repeating: "m", count: 1024), [])]
    let value = Stored.protobuf(raw: Stored.secretMessage(name: name, data: data))
    let outline = try #require(ObjectOutline(value, .protobuf))
    #expect(outline.name == String(repeating: "n", count: 1023))
    #expect(outline.secret?.data.map(\.name.utf8.count) == [1023, 1024])
    let json = #"{"apiVersion":"v1","kind":"Secret","metadata":{"name":"\#(name)"},"type":"\#(name)\#(name)"}"#
    #expect(Self.outline(json: json)?.name == outline.name)
    #expect(Self.outline(json: json)?.secret?.type == outline.name)
  }

  @Test("At most 1000 data keys are kept")
  func manyKeys() throws {
    let data = (0..<1001).map { ("k\($0)", [UInt8]()) } + [("k7", [1, 2])]
    let secret = try #require(
      ObjectOutline(Stored.protobuf(raw: Stored.secretMessage(data: data)), .protobuf)?.secret)
    #expect(secret.data.count == 1000)
    #expect(secret.isCut)
    #expect(secret.data[7] == .init(name: "k7", bytes: 2))
    let members = (0..<1000).map { "\"k\($0)\":\"\"" }.joined(separator: ",")
    let json = try #require(Self.outline(json: #"{"apiVersion":"v1","kind":"Secret","data":{\#(members)}}"#)?.secret)
    #expect(json.data.count == 1000)
    #expect(!json.isCut)
  }

  @Test("Names that are not UTF-8 are shown with replacement characters")
  func invalidUTF8() {
    var metadata = ProtobufWriter()
    metadata.bytes(1, [0x61, 0xFF, 0x62])
    var object = ProtobufWriter()
    object.bytes(1, metadata.bytes)
    #expect(ObjectOutline(Stored.protobuf(kind: "Pod", raw: object.bytes), .protobuf)?.name == "a\u{FFFD}b")
  }

  @Test("What can't be read has no outline")
  func unreadable() {
    #expect(ObjectOutline([], .protobuf) == nil)
    #expect(ObjectOutline(Stored.jsonSecret, .protobuf) == nil)
    #expect(ObjectOutline(Array("k8s\0".utf8), .protobuf) == nil)
    #expect(ObjectOutline(Array("k8s\0".utf8) + [0x0A, 0xFF], .protobuf) == nil)
    #expect(ObjectOutline(Stored.protobuf(raw: [0x0A, 0x7F]), .protobuf) == nil)
    #expect(ObjectOutline(Stored.protobuf(raw: [0x08, 0x01]), .protobuf) == nil)
    for count in 0..<(Stored.jsonSecret.count - 2) {
      #expect(ObjectOutline(Array(Stored.jsonSecret.prefix(count)), .json) == nil)
    }
    for text in ["", "[]", "\"x\"", "{\"a\"", "null"] { #expect(Self.outline(json: text) == nil) }
    for encoding in [Encoding.cbor, .base64Protobuf] {
      #expect(ObjectOutline(Stored.yamlSecret, encoding) == nil)
    }
  }

  @Test("Padding after an object is passed over")
  func padding() {
    for count in 0...16 {
      for filler: UInt8 in [0x00, 0x20, 0xFF] {
        let padding = [UInt8](repeating: filler, count: count)
        #expect(ObjectOutline(Stored.protobufSecret + padding, .protobuf)?.name == "db-creds")
        #expect(ObjectOutline(Stored.jsonSecret + padding, .json)?.name == "db-creds")
      }
    }
  }
}
