import BoltFormat
import KubernetesStorage
import TestSupport
import Testing

@testable import SnapshotReading
@testable import VerificationModel

/// Free bytes that look as if something harmless accounted for them, and hold a readable Secret.
@Suite("What covers a Secret hides nothing")
struct HiddenObjectTests {
  private static let pageSize = 4096
  private static let pod = "/registry/pods/default/web"

  private static func report(_ bytes: [UInt8]) throws -> SnapshotReport {
    let root = EtcdWriter(
      .v36,
      [
        .put("/registry/namespaces/default", StoredSecret.object(apiVersion: "v1", kind: "Namespace", [])),
        .put(secretKey("live"), StoredSecret.sealed(.secretbox, "key1")),
      ]
    ).root
    var writer = BoltWriter(pageSize: pageSize)
    writer.freePages = [20: bytes]
    return try SnapshotVerificationTests.report(on: writer.image(root), Policy())
  }

  // MARK: Values

  private static let secret = StoredSecret.plaintext(name: "hidden")
  private static let json = Array(
    #"{"kind":"Secret","apiVersion":"v1","metadata":{"name":"hidden","namespace":"default"},"data":{"p":"YWJj"}}"#.utf8)
  private static let yaml = Array(
    "apiVersion: v1\ndata:\n  p: YQ==\nkind: Secret\nmetadata:\n  name: hidden\n  namespace: default\n".utf8)
  private static let cbor: [UInt8] = {
    func string(_ text: String) -> [UInt8] { [0x40 | UInt8(text.utf8.count)] + Array(text.utf8) }
    let metadata = [0xA2] + string("name") + string("hidden") + string("namespace") + string("default")
    let head: [UInt8] = [0xD9, 0xD9, 0xF7, 0xA3]
    return head + string("kind") + string("Secret") + string("metadata") + metadata + string("apiVersion")
      + string("v1")
  }()

  private static func field(_ number: UInt64, _ bytes: [UInt8]) -> [UInt8] {
    var writer = ProtobufWriter(keepsDefaults: true)
    writer.bytes(number, bytes)
    return writer.bytes
  }

  /// A Secret in protobuf, with the fields of `runtime.Unknown` in this order.
  private static func secret(inOrder numbers: [Int], bytes: Int) -> [UInt8] {
    let metadata = field(1, Array("hidden".utf8)) + field(3, Array("default".utf8))
    let entry = field(1, Array("p".utf8)) + field(2, [UInt8](repeating: 0x78, count: bytes))
    let fields: [Int: [UInt8]] = [
      1: field(1, field(2, Array("Secret".utf8)) + field(1, Array("v1".utf8))),
      2: field(2, field(3, Array("Opaque".utf8)) + field(2, entry) + field(1, metadata)), 3: field(3, []),
      4: field(4, []),
    ]
    return Array("k8s\0".utf8) + numbers.flatMap { fields[$0] ?? [] }
  }

  private static func object(_ kind: String, _ fields: [UInt8]) -> [UInt8] {
    StoredSecret.object(
      apiVersion: "v1", kind: kind,
      field(1, field(1, Array("web".utf8)) + field(3, Array("default".utf8))) + fields)
  }

  private static func row(_ key: String, _ value: [UInt8]) -> [UInt8] {
    let keyValue = EtcdWriter.KeyValue(
      key: Array(key.utf8), createRevision: 50, modRevision: 50, version: 1, value: value)
    let row = EtcdWriter.Row(main: 50, keyValue: keyValue)
    return row.boltKey + row.keyValue.encoded
  }

  /// A tombstone that says its key had so many bytes.
  private static func tombstone(keyBytes: Int) -> [UInt8] {
    let revision = row(pod, [1]).prefix(17)
    return revision + [UInt8(ascii: "t"), 0x0A, UInt8(keyBytes & 0x7F | 0x80), UInt8(keyBytes >> 7)]
  }

  // MARK: Tests

  @Test(
    "A Secret in protobuf is one in whatever order its fields stand, however long they are", arguments: [60, 20_000])
  func reordered(bytes: Int) throws {
    for order in [[2, 1, 3, 4], [4, 3, 2, 1], [3, 1, 2], [1, 2, 4, 3], [2, 3, 4, 1]] {
      let value = Self.secret(inOrder: order, bytes: bytes)
      for bytes in [value, Self.row(Self.pod, value), Self.row(secretKey("hidden"), value)] {
        let report = try Self.report(bytes)
        let found = report.findings.filter { $0.rule == .plaintextResidue }
        #expect(found.map(\.subject?.names?.name) == ["hidden"], "\(order)")
        #expect(found.first?.subject?.names?.secret?.data.map(\.name) == ["p"], "\(order)")
        #expect(report.verdict == .fail)
      }
    }
  }

  @Test("Under the key of another resource a Secret is one in every encoding", arguments: 0..<4)
  func misplaced(encoding: Int) throws {
    let value = [Self.secret, Self.json, Self.yaml, Self.cbor][encoding]
    let pod = Self.object("Pod", Self.field(2, [0x12, 1, 0x78]))
    let text = Array(#"{"kind":"Pod","apiVersion":"v1","metadata":{"name":"web"}}"#.utf8)
    var random = SeededGenerator(seed: 9)
    let sealed = Array("k8s:enc:aescbc:v1:key1:".utf8) + random.bytes(2000)
    for before in [[], Array("filler\n".utf8), pod, text + [0x0A], sealed] as [[UInt8]] {
      let row = Self.row(Self.pod, before + value + [0x0A])
      // The whole row, and one whose first bytes were written over.
      for bytes in [row, Array(row[7...])] {
        let report = try Self.report(bytes)
        let found = report.findings.filter { $0.rule == .plaintextResidue }
        #expect(found.map(\.subject?.names?.name) == ["hidden"], "behind \(before.count) bytes")
      }
    }
  }

  @Test("Under the key of another resource, and without a row, a wrapped Secret is one", arguments: 0..<9)
  func wrapped(form: Int) throws {
    let json = [
      Wrapping.wide(Self.json), Wrapping.wide(Self.json, bigEndian: true), Wrapping.base64(Self.json, line: 76),
      Wrapping.hex(Self.json), Wrapping.hex(Self.secret, uppercase: true),
    ]
    let others = [
      Wrapping.wide(Self.yaml), Wrapping.base64(Self.yaml), Wrapping.hex(Self.yaml),
      Array("%YAML 1.2\n---\n".utf8) + Self.yaml,
    ]
    let value = (json + others)[form]
    for key in [Self.pod, secretKey("hidden")] {
      let found = try Self.report(Self.row(key, value)).findings.filter { $0.rule == .plaintextResidue }
      #expect(found.map(\.subject?.names?.name) == ["hidden"], "\(key)")
    }
    guard form < json.count else { return }
    for before in [[0xFF, 0xFE], Array("filler\n".utf8)] as [[UInt8]] {
      let report = try Self.report(before + value + [0x0A])
      #expect(report.findings.filter { $0.rule == .plaintextResidue }.map(\.subject?.names?.name) == ["hidden"])
    }
  }

  @Test("A length that is a lie hides nothing", arguments: 0..<4)
  func lies(encoding: Int) throws {
    let value = [Self.secret, Self.json, Self.yaml, Self.cbor][encoding]
    let head = Self.object("Pod", [0x12, 0xE0, 0x5D])
    // Its message, and a field of it, say that they have 12 000 bytes.
    let pod = Array(head.dropLast(4)) + [UInt8](repeating: 0xFF, count: 9)
    let covers: [[UInt8]] = [
      Self.tombstone(keyBytes: 3000), Self.tombstone(keyBytes: 3000) + Array("/registry/pods/default/web ".utf8), pod,
    ]
    for cover in covers {
      let report = try Self.report(cover + value + [0])
      let found = report.findings.filter { $0.rule == .plaintextResidue }
      #expect(found.map(\.subject?.names?.name) == ["hidden"], "behind \(cover.count) bytes")
    }
  }

  @Test("Below a prefix that no row in use has, a Secret is still one")
  func unknownPrefix() throws {
    for value in [Self.secret, Self.json] {
      let report = try Self.report(Self.row("/other/secrets/default/hidden", value))
      let found = report.findings.filter { $0.rule == .plaintextResidue }
      #expect(found.map(\.key) == ["/other/secrets/default/hidden"])
      #expect(report.verdict == .fail)
    }
  }

  @Test("However many signs of Secrets there are, all are counted, and the first are told")
  func manySigns() throws {
    #expect(MemoryLayout<ResidueFinds.Fragment>.stride == 8)
    let sign = Array(#""kind":"Secret""#.utf8)
    let count = 101_000
    let report = try Self.report((0..<count).flatMap { _ in sign })
    #expect(report.findingCounts[.plaintextResidue] == count)
    #expect(report.exposed.fragments == count)
    let offsets = report.findings.filter { $0.rule == .plaintextResidue }.compactMap { $0.offset?.rawValue }
    #expect(offsets == (0..<offsets.count).map { 20 * 4096 + UInt64($0 * sign.count) })
  }

  @Test("What quotes a Secret is none")
  func quotations() throws {
    let entry = Self.field(1, Array("m.json".utf8)) + Self.field(2, Self.json + [0x0A])
    let configMap = Self.object("ConfigMap", Self.field(2, entry))
    let long = Self.object(
      "ConfigMap",
      Self.field(2, Self.field(1, Array("m".utf8)) + Self.field(2, Self.json + [UInt8](repeating: 0x7A, count: 9000))))
    let nested =
      #"{"apiVersion":"example.com/v1","kind":"Object","metadata":{"name":"a"},"spec":{"manifest":"#
      + String(decoding: Self.json, as: UTF8.self) + "}}\n"
    let custom =
      #"{"apiVersion":"acme.io/v1","data":{"a":"YWJj"},"kind":"Secret","metadata":{"name":"a","uid":"0b5a-1"},"type":"Opaque"}"#
    let rows: [[UInt8]] = [
      Self.row("/registry/configmaps/default/web", configMap),
      // The end of it was written over.
      Array(Self.row("/registry/configmaps/default/web", long).prefix(Self.pageSize)),
      Self.row("/registry/example.com/objects/default/a", Array(nested.utf8)),
      Self.row("/registry/acme.io/secrets/default/a", Array(custom.utf8) + [0x0A]),
    ]
    for row in rows { #expect(try Self.report(row).findings == []) }
  }
}
