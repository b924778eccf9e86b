import Foundation
import KubernetesStorage
import TestSupport
import Testing

@Suite("Outlines of CustomResourceDefinitions")
struct CustomResourceOutlineTests {
  private static func outline(_ bytes: [UInt8]) -> CustomResourceOutline? {
    CustomResourceOutline(of: unsafe bytes.span.bytes)
  }

  private static func outline(_ text: String) -> CustomResourceOutline? { outline(Array(text.utf8)) }

  /// A definition with these members behind the type.
  private static func outline(members: String, version: String = "v1") -> CustomResourceOutline? {
    outline(#"{"kind":"CustomResourceDefinition","apiVersion":"apiextensions.k8s.io/\#(version)",\#(members)}"#)
  }

  private static let metadata =
    #""metadata":{"name":"widgets.lab.example.com","labels":{"name":"no"},"managedFields":[{"name":"no"}]}"#
  private static let names =
    #""names":{"plural":"widgets","singular":"widget","shortNames":["w"],"kind":"Widget","listKind":"WidgetList"}"#
  private static let schema =
    #"{"openAPIV3Schema":{"properties":{"spec":{"group":"no","scope":"Cluster","names":{"plural":"no"}}}}}"#
  private static let spec =
    #""spec":{"group":"lab.example.com",\#(names),"scope":"Namespaced","versions":[{"name":"v1","schema":\#(schema)}]}"#
  private static let status = #""status":{"acceptedNames":{"plural":"no","kind":"No"},"storedVersions":["v1"]}"#

  @Test("A definition as an API server stores it", arguments: ["v1", "v1beta1"])
  func stored(_ version: String) throws {
    let outline = try #require(
      Self.outline(members: [Self.metadata, Self.spec, Self.status].joined(separator: ","), version: version))
    #expect(outline.resource == GroupResource("widgets", group: "lab.example.com"))
    #expect(outline.kind == "Widget")
    #expect(outline.isNamespaced)
  }

  @Test(
    "Resources belong to a namespace unless the scope is Cluster",
    arguments: [(#""Cluster""#, false), (#""Namespaced""#, true), (#""""#, true), ("null", true), ("[]", true)])
  func scope(_ scope: String, isNamespaced: Bool) {
    let members = #"\#(Self.metadata),"spec":{"scope":\#(scope)}"#
    #expect(Self.outline(members: members)?.isNamespaced == isNamespaced)
  }

  private static func protobuf(_ spec: [UInt8], name: String = "widgets.lab.example.com") -> [UInt8] {
    var metadata = ProtobufWriter()
    metadata.bytes(1, Array(name.utf8))
    var definition = ProtobufWriter()
    definition.bytes(1, metadata.bytes)
    definition.bytes(2, spec)
    return Stored.protobuf(
      apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition", raw: definition.bytes)
  }

  @Test("Protobuf, in base64 too")
  func protobuf() throws {
    var names = ProtobufWriter()
    names.bytes(1, Array("gadgets".utf8))
    names.bytes(2, Array("gadget".utf8))
    names.bytes(3, Array("g".utf8))
    names.bytes(4, Array("Gadget".utf8))
    names.bytes(5, Array("GadgetList".utf8))
    var spec = ProtobufWriter()
    spec.bytes(1, Array("lab.example.com".utf8))
    spec.bytes(2, Array("v1".utf8))
    spec.bytes(3, names.bytes)
    spec.bytes(4, Array("Cluster".utf8))
    spec.bytes(7, [UInt8](repeating: 0xFF, count: 1000))
    let value = Self.protobuf(spec.bytes)
    let outline = try #require(Self.outline(value))
    #expect(outline.resource == GroupResource("gadgets", group: "lab.example.com"))
    #expect(outline.kind == "Gadget")
    #expect(!outline.isNamespaced)
    #expect(Self.outline(Array(Data(value).base64EncodedString().utf8)) == outline)
  }

  @Test("Where the specification can't be read, the name tells the resource")
  func fallback() {
    let widgets = GroupResource("widgets", group: "lab.example.com")
    let head = #"{"kind":"CustomResourceDefinition","apiVersion":"apiextensions.k8s.io/v1",\#(Self.metadata)"#
    for rest in ["}", #","spec":null}"#, #","spec":{"group":"lab.example.com"}}"#, #","spec":{"gro"#, "", "garbage"] {
      #expect(Self.outline(head + rest)?.resource == widgets)
    }
    #expect(Self.outline(head + #","spec":{\#(Self.names),"scope":"Cluster""#)?.isNamespaced == false)
    #expect(Self.outline(Self.protobuf([0x0A, 0x7F]))?.resource == widgets)
    #expect(Self.outline(Self.protobuf([]))?.kind == "")
    let yaml = """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata:
        name: widgets.lab.example.com
      """
    #expect(Self.outline(yaml)?.resource == widgets)
    let cbor = CBORValue.map([
      (.bytes("kind"), .bytes("CustomResourceDefinition")),
      (.bytes("metadata"), .map([(.bytes("name"), .bytes("widgets.lab.example.com"))])),
      (.bytes("apiVersion"), .bytes("apiextensions.k8s.io/v1")),
    ])
    #expect(Self.outline(cbor.stored)?.resource == widgets)
  }

  @Test("Later members win, escapes are resolved")
  func duplicates() {
    let members =
      #""spec":{"group":"no","group":"a.io","names":{"plural":"no"},"names":{"plural":"x\u0079","kind":"X"}}"#
    #expect(Self.outline(members: members)?.resource == GroupResource("xy", group: "a.io"))
    #expect(Self.outline(members: members)?.kind == "X")
  }

  @Test("Arrays and objects in the place of texts are no texts")
  func wrongTypes() {
    let members = #""metadata":{"name":["no.no"]},"spec":["group"],"spec":{"group":{"group":"no"},"names":["plural"]}"#
    #expect(Self.outline(members: members) == nil)
  }

  @Test(
    "What names no resource is none",
    arguments: [
      #""metadata":{"name":""}"#, #""metadata":{"name":"widgets"}"#, #""metadata":{"name":".io"}"#, #""x":1"#,
    ])
  func unnamed(_ members: String) {
    #expect(Self.outline(members: members) == nil)
  }

  @Test("Other objects are none")
  func otherObjects() {
    #expect(Self.outline(Stored.jsonSecret) == nil)
    #expect(Self.outline(Stored.protobufSecret) == nil)
    #expect(Self.outline(#"{"kind":"CustomResourceDefinition","apiVersion":"v1",\#(Self.metadata)}"#) == nil)
    #expect(Self.outline(#"{"kind":"APIService","apiVersion":"apiextensions.k8s.io/v1",\#(Self.metadata)}"#) == nil)
    #expect(Self.outline("") == nil)
    #expect(Self.outline("k8s:enc:aescbc:v1:key1:") == nil)
  }

  @Test("Texts are cut at 1024 bytes, and definitions of megabytes read in one pass")
  func hugeDefinitions() throws {
    let long = String(repeating: "n", count: 5000)
    let property = #""p":{"type":"object","properties":{"spec":{"type":"string","enum":["a","b"]}}},"#
    let schema = String(repeating: property, count: 20_000)
    let versions = #""versions":[{"schema":{\#(schema)"x":1}}]"#
    let spec = #""spec":{\#(versions),"group":"g.io","names":{"plural":"\#(long)"}}"#
    let outline = try #require(Self.outline(members: "\(Self.metadata),\(spec)"))
    #expect(outline.resource == GroupResource(String(long.prefix(1024)), group: "g.io"))
  }

  @Test("Damage is no trap")
  func damage() {
    var random = SeededGenerator(seed: 2)
    let head = #"{"kind":"CustomResourceDefinition","apiVersion":"apiextensions.k8s.io/v1","#
    let text = "\(head)\(Self.metadata),\(Self.spec)}"
    for value in [Array(text.utf8), Self.protobuf([0x0A, 0x01, 0x61, 0x1A, 0x03, 0x0A, 0x01, 0x62])] {
      for count in 0...value.count { _ = Self.outline(Array(value.prefix(count))) }
      for _ in 0..<2_000 {
        var value = value
        for _ in 0..<3 { value[Int(random.next() % UInt64(value.count))] = UInt8(random.next() % 256) }
        _ = Self.outline(value)
      }
    }
  }
}
