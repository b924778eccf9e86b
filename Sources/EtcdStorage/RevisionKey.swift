import ByteViews

/// A key of bucket `key` (etcd mvcc/revision.go): 17 bytes, or 18 for a tombstone.
///
/// | offset | size | content |
/// |---|---|---|
/// | 0 | 8 | main revision, big-endian, not negative |
/// | 8 | 1 | `_` |
/// | 9 | 8 | sub revision, big-endian, not negative |
/// | 17 | 1 | `t`, only for a tombstone |
@frozen
public struct RevisionKey: Hashable, Sendable {
  /// Bytes in the key of a put.
  public static let byteCount = 17

  /// The row's revision.
  public let revision: Revision
  /// Whether the row deletes its key.
  public let isTombstone: Bool

  /// The revision that `bytes` spell. Throws when they are not what etcd ≥ 3.6 accepts.
  @inlinable
  @inline(__always)
  public init(decoding bytes: RawSpan) throws(EtcdError) {
    let count = bytes.byteCount
    guard count == Self.byteCount || count == Self.byteCount + 1 else {
      throw EtcdError(.revisionKeyLength, found: count)
    }
    guard bytes.byte(at: 8) == UInt8(ascii: "_") else { throw EtcdError(.revisionKeySeparator) }
    isTombstone = count > Self.byteCount
    guard !isTombstone || bytes.byte(at: 17) == UInt8(ascii: "t") else { throw EtcdError(.revisionKeyMark) }
    revision = Revision(
      main: Int64(bitPattern: bytes.bigEndian(at: 0)), sub: Int64(bitPattern: bytes.bigEndian(at: 9)))
    guard revision.main >= 0, revision.sub >= 0 else { throw EtcdError(.revisionNegative) }
  }
}
