extension EtcdWriter {
  /// The message mvccpb.KeyValue (etcd: api/mvccpb/kv.proto).
  public struct KeyValue: Hashable, Sendable {
    /// The user's key.
    public var key: [UInt8]
    /// Main revision at which the key came into being.
    public var createRevision: Int64
    /// Main revision of this change.
    public var modRevision: Int64
    /// Changes since the key came into being, this one included.
    public var version: Int64
    /// The user's value.
    public var value: [UInt8]
    /// The lease the key is attached to, or 0.
    public var lease: Int64

    /// A message of these fields.
    public init(
      key: [UInt8], createRevision: Int64 = 0, modRevision: Int64 = 0, version: Int64 = 0, value: [UInt8] = [],
      lease: Int64 = 0
    ) {
      self.key = key
      self.createRevision = createRevision
      self.modRevision = modRevision
      self.version = version
      self.value = value
      self.lease = lease
    }

    /// The message's bytes, fields ascending, defaults left out.
    public var encoded: [UInt8] {
      var message = ProtobufWriter()
      message.bytes(1, key)
      message.varint(2, createRevision)
      message.varint(3, modRevision)
      message.varint(4, version)
      message.bytes(5, value)
      message.varint(6, lease)
      return message.bytes
    }
  }

  /// A row of bucket `key`.
  public struct Row: Hashable, Sendable {
    /// Main revision, from 2.
    public var main: Int64
    /// Index of the change in its transaction.
    public var sub: Int64
    /// Whether the row says that the key was deleted.
    public var isTombstone: Bool
    /// What is stored; of a tombstone, the key alone.
    public var keyValue: KeyValue

    /// A row, which may be one that etcd would never write.
    public init(main: Int64, sub: Int64 = 0, isTombstone: Bool = false, keyValue: KeyValue) {
      self.main = main
      self.sub = sub
      self.isTombstone = isTombstone
      self.keyValue = keyValue
    }

    /// The row's key: big-endian main, `_`, big-endian sub, and `t` for a tombstone (etcd: mvcc/revision.go).
    public var boltKey: [UInt8] {
      [UInt8](bigEndian: UInt64(bitPattern: main)) + [UInt8(ascii: "_")]
        + [UInt8](bigEndian: UInt64(bitPattern: sub)) + (isTombstone ? [UInt8(ascii: "t")] : [])
    }

    /// The row as an entry of the bucket.
    public var entry: BoltBucket.Entry { .init(boltKey, keyValue.encoded) }
    /// The row for a page made by hand.
    public var leafRow: BoltPageEncoder.Row { .init(boltKey, keyValue.encoded) }
  }

  /// The newest row of every key that exists, ascending by revision.
  public var live: [Row] { rows.filter(isLive) }

  /// Puts that were replaced or deleted and haven't been compacted, ascending by revision.
  public var history: [Row] { rows.filter { !$0.isTombstone && !isLive($0) } }

  /// Deletions, ascending by revision.
  public var tombstones: [Row] { rows.filter(\.isTombstone) }

  private func isLive(_ row: Row) -> Bool { current[row.keyValue.key] == row.keyValue }
}
