/// A KeyValue message as it stands among other bytes: nobody says where it ends, and its end may be missing.
///
/// Read are messages as etcd writes them, with their fields in ascending order (etcd api/mvccpb/kv.pb.go); a tombstone
/// holds the key alone.
public struct KeyValueRemnant: ~Escapable {
  /// Why there is no message, or not enough of it.
  public enum Failure: Error, Hashable, Sendable {
    /// The bytes are no message of a row.
    case malformed
    /// The bytes end before the value begins.
    case endsEarly
  }

  /// The message, as far as it is there. Of a value that is cut, the first bytes.
  public let keyValue: KeyValue
  /// Bytes in the value, were it whole.
  public let valueBytes: Int
  /// Bytes in the message, were it whole.
  public let byteCount: Int

  /// Whether the message may go on behind the bytes at hand: with what is missing, or with a lease.
  public let mayGoOn: Bool

  /// Whether the end is missing.
  public var isCut: Bool { byteCount > keyValue.message.byteCount }

  /// The message of a row that `bytes` begin with.
  ///
  /// Besides the order of its fields, it must make sense: a key of 1 … 32 768 bytes, revisions from 1 on, the creation
  /// not after the change, a version of at least 1. O(1).
  @_lifetime(copy bytes)
  public init(in bytes: RawSpan) throws(Failure) {
    var reader = RemnantReader(bytes)
    let key = try reader.key()
    let create = try reader.varint(tagged: 0x10)
    let modification = try reader.varint(tagged: 0x18)
    let version = try reader.varint(tagged: 0x20)
    guard create >= 1, modification >= create, modification <= UInt64(Int64.max), version >= 1,
      version <= UInt64(Int64.max)
    else { throw .malformed }
    var valueBytes = 0
    var value = reader.position..<reader.position
    if reader.isNext(0x2A) {
      valueBytes = try reader.length(atMost: UInt64(Int32.max), tagged: 0x2A)
      value = reader.position..<min(reader.position + valueBytes, bytes.byteCount)
    } else if reader.isAtEnd {
      throw .endsEarly
    }
    var end = value.lowerBound + valueBytes
    var lease: UInt64 = 0
    var mayGoOn = end >= bytes.byteCount
    if end < bytes.byteCount {
      reader.position = end
      do throws(Failure) {
        lease = try reader.varint(tagged: 0x30)
        end = reader.position
      } catch {
        mayGoOn = error == .endsEarly
      }
    }
    self.mayGoOn = mayGoOn
    self.valueBytes = valueBytes
    byteCount = end
    keyValue = KeyValue(
      bytes.extracting(first: min(end, bytes.byteCount)), key: key, createRevision: Int64(create),
      modRevision: Int64(modification), version: Int64(version), value: value, lease: Int64(bitPattern: lease))
  }

  /// Bytes in the message of a tombstone that `bytes` begin with, were it whole.
  public static func tombstoneBytes(in bytes: RawSpan) throws(Failure) -> Int {
    var reader = RemnantReader(bytes)
    return try reader.key(mayBeCut: true).upperBound
  }
}
