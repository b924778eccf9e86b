import BoltFormat
import TestSupport
import Testing

@testable import SnapshotReading
@testable import SnapshotVerification
@testable import VerificationModel

/// Secrets in lists and other objects that API servers write around objects, and never store; and in encodings that a
/// reader takes though no API server writes them.
@Suite("Secrets that something else carries")
struct CarriedSecretTests {
  private static let data = #""data":{"password":"Y29ycmVjdCBob3JzZQ=="},"type":"Opaque""#
  private static let metadata = #""metadata":{"name":"db","namespace":"default"}"#
  private static let item = #"{"apiVersion":"v1",\#(data),"kind":"Secret",\#(metadata)}"#
  private static let yaml =
    "apiVersion: v1\ndata:\n  password: Y29ycmVjdCBob3JzZQ==\nkind: Secret\nmetadata:\n  name: db\n"
  private static let map = "apiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  name: map\n"

  /// How a Secret is carried.
  enum Form: CaseIterable {
    case list, secretList, listWithKindLast, yamlList, audit, yamlStream, carriageReturns
    case protobufList, typeInPieces, overlongNumbers, cborInPieces
  }

  private static func bytes(_ form: Form) -> [UInt8] {
    switch form {
    case .list: Array(#"{"apiVersion":"v1","kind":"List","items":[\#(item)]}"#.utf8)
    case .secretList: Array(#"{"kind":"SecretList","apiVersion":"v1","items":[{\#(metadata),\#(data)}]}"#.utf8)
    case .listWithKindLast: Array(#"{"apiVersion": "v1", "items": [\#(item)], "kind": "List"}"#.utf8)
    case .yamlList:
      Array("apiVersion: v1\nitems:\n- apiVersion: v1\n  data:\n    a: Yg==\n  kind: Secret\nkind: List\n".utf8)
    case .audit:
      Array(#"{"kind":"Event","apiVersion":"audit.k8s.io/v1","verb":"create","requestObject":\#(item)}"#.utf8)
    case .yamlStream: Array((map + "---\n" + yaml).utf8)
    case .carriageReturns: Array(yaml.replacing("\n", with: "\r\n").utf8)
    case .protobufList: StoredSecret.object(apiVersion: "v1", kind: "SecretList", [])
    case .typeInPieces: pieces()
    case .overlongNumbers: overlong()
    case .cborInPieces: [0xD9, 0xD9, 0xF7] + cbor()
    }
  }

  /// TypeMeta in two pieces, which protobuf puts together.
  private static func pieces() -> [UInt8] {
    var (version, kind, unknown) = (ProtobufWriter(), ProtobufWriter(), ProtobufWriter())
    version.bytes(1, Array("v1".utf8))
    kind.bytes(2, Array("Secret".utf8))
    unknown.bytes(1, version.bytes)
    unknown.bytes(1, kind.bytes)
    unknown.bytes(2, secret)
    return Array("k8s\0".utf8) + unknown.bytes
  }

  private static let secret: [UInt8] = {
    var (metadata, entry, secret) = (ProtobufWriter(), ProtobufWriter(), ProtobufWriter())
    metadata.bytes(1, Array("db".utf8))
    entry.bytes(1, Array("password".utf8))
    entry.bytes(2, Array("correct horse".utf8))
    secret.bytes(1, metadata.bytes)
    secret.bytes(2, entry.bytes)
    return secret.bytes
  }()

  /// Every tag and length with a byte more than it takes.
  private static func overlong() -> [UInt8] {
    func field(_ number: UInt8, _ content: [UInt8]) -> [UInt8] {
      [number << 3 | 2 | 0x80, 0, UInt8(content.count) | 0x80, 0] + content
    }
    let type = field(1, Array("v1".utf8)) + field(2, Array("Secret".utf8))
    return Array("k8s\0".utf8) + field(1, type) + field(2, field(1, field(1, Array("db".utf8))))
  }

  /// A map and strings of indefinite length.
  private static func cbor() -> [UInt8] {
    func text(_ text: String) -> [UInt8] { [0x7F, 0x60 | UInt8(text.utf8.count)] + text.utf8 + [0xFF] }
    return [0xBF] + text("kind") + text("Secret") + text("apiVersion") + text("v1") + text("metadata")
      + [0xBF] + text("name") + text("db") + [0xFF, 0xFF]
  }

  private static func writer() -> BoltWriter {
    var writer = BoltWriter(pageSize: 4096)
    writer.packing.rowsPerLeaf = 4
    return writer
  }

  private static func root(_ operations: [EtcdWriter.Operation] = []) -> BoltBucket {
    var root = EtcdWriter(
      .v36,
      [.put("/registry/namespaces/default", StoredSecret.object(apiVersion: "v1", kind: "Namespace", []))]
        + (0..<6).map { .put(secretKey("s\($0)"), StoredSecret.sealed(.secretbox, "key1")) } + operations
    ).root
    root["key"]?.layout = .pages
    return root
  }

  private func expectFailure(_ rule: Rule, in bytes: [UInt8]) throws {
    let snapshot = try DamagedSnapshot(bytes, Policy())
    for report in [snapshot.report(.kept), snapshot.report(.kept, .tree), try snapshot.streamed(.kept)] {
      #expect(report.findingCounts[rule] ?? 0 >= 1)
      #expect(report.verdict == .fail)
    }
  }

  @Test(arguments: Form.allCases)
  func `in a free page`(form: Form) throws {
    var writer = Self.writer()
    writer.freePages = [2: [UInt8](repeating: 0, count: 64) + Self.bytes(form)]
    try expectFailure(.plaintextResidue, in: writer.image(Self.root()).snapshot())
  }

  @Test(arguments: Form.allCases)
  func `in another bucket`(form: Form) throws {
    var root = Self.root()
    root["lease"] = BoltBucket([.init("a", Self.bytes(form))])
    root["lease"]?.layout = .pages
    try expectFailure(.plaintextElsewhere, in: Self.writer().image(root).snapshot())
  }

  @Test(arguments: Form.allCases.filter { $0 != .yamlStream })
  func `under another path`(form: Form) throws {
    let root = Self.root([.put("/registry/configmaps/default/a", Self.bytes(form))])
    try expectFailure(.misplacedObject, in: Self.writer().image(root).snapshot())
  }

  @Test func `a watch event under another path`() throws {
    let event = #"{"type":"ADDED","object":\#(Self.item)}"#
    let root = Self.root([.put("/registry/configmaps/default/a", Array(event.utf8))])
    try expectFailure(.misplacedObject, in: Self.writer().image(root).snapshot())
  }

  @Test func `lists of other kinds, and references to Secrets, are none`() throws {
    let reference = #"{"kind":"Event","apiVersion":"v1","involvedObject":{"kind":"Secret","name":"db"}}"#
    let list = #"{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Pod","SecretName":"a"}]}"#
    var writer = Self.writer()
    let free = [UInt8](repeating: 0, count: 64) + Array("\(reference)\n\(list)\n".utf8)
    writer.freePages = [2: free]
    let report = try DamagedSnapshot(writer.image(Self.root()).snapshot(), Policy()).report(.kept)
    #expect(report.findingCounts[.plaintextResidue] == nil)
    #expect(report.exposed.count == 0)
  }
}
