import BoltFormat
import TestSupport
import Testing

@testable import SnapshotReading
@testable import SnapshotVerification
@testable import VerificationModel

/// Rows of bucket `key` that could be read, but that no etcd wrote.
@Suite("Rows that etcd never writes")
struct ImpossibleRowTests {
  private static let operations: [EtcdWriter.Operation] =
    [.put("/registry/namespaces/default", StoredSecret.object(apiVersion: "v1", kind: "Namespace", []))]
    + (0..<12).map { .put(secretKey("s\($0)"), StoredSecret.sealed(.secretbox, "key1")) }
  private static let content = Array("a password in no encoding that anybody knows".utf8)

  /// What is wrong with a row.
  enum Form: CaseIterable {
    case secondValue, unknownField, unknownNumber, outOfOrder, emptyField, zero, longNumber, longLength
    case valueOfTombstone, revisionOfTombstone, fieldOfTombstone
  }

  private static func row(_ form: Form) -> BoltBucket.Entry {
    let isTombstone = [.valueOfTombstone, .revisionOfTombstone, .fieldOfTombstone].contains(form)
    let key = Array("/registry/pods/default/a".utf8)
    var message = ProtobufWriter(keepsDefaults: true)
    if form == .longLength {
      message.raw([0x0A, 0x80 | UInt8(key.count), 0] + key)
    } else {
      message.bytes(1, key)
    }
    if !isTombstone {
      if form == .outOfOrder { message.varint(3, 50 as UInt64) }
      message.varint(2, 50 as UInt64)
      if form != .outOfOrder { message.varint(3, 50 as UInt64) }
      if form == .longNumber { message.raw([0x20, 0x81, 0]) } else { message.varint(4, 1 as UInt64) }
      if form == .secondValue { message.bytes(5, content) }
      message.bytes(5, form == .emptyField ? [] : StoredSecret.object(apiVersion: "v1", kind: "Pod", []))
    }
    switch form {
    case .unknownField, .fieldOfTombstone: message.bytes(15, content)
    case .unknownNumber: message.varint(9, 7 as UInt64)
    case .zero: message.varint(6, 0 as UInt64)
    case .valueOfTombstone: message.bytes(5, content)
    case .revisionOfTombstone: message.varint(3, 50 as UInt64)
    default: break
    }
    let row = EtcdWriter.Row(main: 50, isTombstone: isTombstone, keyValue: .init(key: key))
    return .init(row.boltKey, message.bytes)
  }

  private static func snapshot(_ entries: [BoltBucket.Entry], layout: BoltBucket.Layout = .pages) throws -> [UInt8] {
    var root = EtcdWriter(.v36, operations).root
    root["key"] = BoltBucket(EtcdWriter(.v36, operations).rows.map(\.entry) + entries)
    root["key"]?.layout = layout
    var writer = BoltWriter(pageSize: 4096)
    writer.packing.rowsPerLeaf = 4
    return try writer.image(root).snapshot()
  }

  /// What the scan, the walk of the tree and a pipe say.
  private func reports(on bytes: [UInt8]) throws -> [SnapshotReport] {
    let snapshot = try DamagedSnapshot(bytes, Policy())
    return [snapshot.report(.kept), snapshot.report(.kept, .tree), try snapshot.streamed(.kept)]
  }

  @Test(arguments: Form.allCases)
  func `whatever the bytes are, the row is a finding of all readers`(form: Form) throws {
    for report in try reports(on: Self.snapshot([Self.row(form)])) {
      #expect(report.findingCounts == [.impossibleRow: 1])
      #expect(report.verdict == .fail)
      #expect(report.errors == [])
      #expect(report.etcd?.revisions == Self.operations.count + 1)
    }
  }

  @Test func `of a plaintext Secret in it more is told`() throws {
    var message = ProtobufWriter()
    message.bytes(1, Array(secretKey("a").utf8))
    for field in 2...4 as ClosedRange<UInt64> { message.varint(field, 50 as UInt64) }
    message.bytes(5, StoredSecret.plaintext())
    message.bytes(5, StoredSecret.sealed(.secretbox, "key1"))
    let row = EtcdWriter.Row(main: 50, keyValue: .init(key: []))
    for report in try reports(on: Self.snapshot([.init(row.boltKey, message.bytes)])) {
      #expect(report.findingCounts == [.impossibleRow: 1, .plaintextElsewhere: 1])
      #expect(report.exposed.count == 1)
    }
  }

  /// `etcdutl snapshot restore --bump-revision` writes a row without a message.
  @Test func `rows without a message, a value or a lease are etcd's`() throws {
    let key = Array("/registry/pods/default/a".utf8)
    let rows: [EtcdWriter.Row] = [
      .init(main: 50, keyValue: .init(key: key, createRevision: 50, modRevision: 50, version: 1)),
      .init(main: 51, keyValue: .init(key: key, createRevision: 50, modRevision: 51, version: 2, value: [1], lease: 7)),
      .init(main: 52, isTombstone: true, keyValue: .init(key: key)), .init(main: 1000, keyValue: .init(key: [])),
    ]
    for report in try reports(on: Self.snapshot(rows.map(\.entry))) {
      #expect(report.findingCounts[.impossibleRow] == nil)
    }
  }

  @Test func `in a free page, what the row has beside its fields is searched`() throws {
    var message = ProtobufWriter()
    message.bytes(1, Array(secretKey("a").utf8))
    for field in 2...4 as ClosedRange<UInt64> { message.varint(field, 50 as UInt64) }
    message.bytes(5, StoredSecret.plaintext(name: "hidden"))
    message.bytes(5, StoredSecret.sealed(.secretbox, "key1"))
    let row = EtcdWriter.Row(main: 50, keyValue: .init(key: []))
    var writer = BoltWriter(pageSize: 4096)
    writer.packing.rowsPerLeaf = 4
    var root = EtcdWriter(.v36, Self.operations).root
    root["key"]?.layout = .pages
    writer.freePages = [2: writer.encoder.leaf(2, [.init(row.boltKey, message.bytes)])]
    for report in try reports(on: writer.image(root).snapshot()) {
      #expect(report.findingCounts[.impossibleRow] == nil)
      #expect(report.findingCounts[.plaintextResidue] == 1)
      #expect(report.exposed.objects.map(\.name) == ["hidden"])
    }
  }
}
