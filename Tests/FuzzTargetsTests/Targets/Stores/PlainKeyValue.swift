import EtcdStorage
import TestSupport

/// A KeyValue message as ``PlainProtobuf`` reads it.
struct PlainKeyValue: Equatable {
  var key = 0..<0
  var createRevision: Int64 = 0
  var modRevision: Int64 = 0
  var version: Int64 = 0
  var value = 0..<0
  var lease: Int64 = 0
  private var bytes: [UInt8] = []

  /// nil where it is no message, or a field has another wire type than etcd's.
  init?(_ bytes: [UInt8]) {
    guard let fields = PlainProtobuf.fields(bytes) else { return nil }
    self.bytes = bytes
    for field in fields where (1...6).contains(field.number) {
      guard field.wireType == (field.number == 1 || field.number == 5 ? 2 : 0) else { return nil }
      switch field.number {
      case 1: key = field.range
      case 2: createRevision = Int64(bitPattern: field.value)
      case 3: modRevision = Int64(bitPattern: field.value)
      case 4: version = Int64(bitPattern: field.value)
      case 5: value = field.range
      default: lease = Int64(bitPattern: field.value)
      }
    }
  }

  /// What the reader that is tested says.
  init(_ read: borrowing KeyValue) {
    (key, value) = (read.keyRange, read.valueRange)
    (createRevision, modRevision) = (read.createRevision, read.modRevision)
    (version, lease) = (read.version, read.lease)
  }

  /// The message that etcd writes of the fields.
  var written: [UInt8] {
    var message = ProtobufWriter()
    message.bytes(1, Array(bytes[key]))
    message.varint(2, createRevision)
    message.varint(3, modRevision)
    message.varint(4, version)
    message.bytes(5, Array(bytes[value]))
    message.varint(6, lease)
    return message.bytes
  }

  /// Whether it is one of a row that etcd could have put.
  var isSensible: Bool {
    (1...32_768).contains(key.count) && createRevision >= 1 && modRevision >= createRevision && version >= 1
      && !value.isEmpty
  }

  /// The same without the bytes, and without the lease.
  func dropping(lease: Bool) -> PlainKeyValue {
    var copy = self
    copy.lease = 0
    return copy
  }

  /// The fields are what counts.
  static func == (left: PlainKeyValue, right: PlainKeyValue) -> Bool {
    (left.key, left.createRevision, left.modRevision, left.version, left.value, left.lease)
      == (right.key, right.createRevision, right.modRevision, right.version, right.value, right.lease)
  }
}
