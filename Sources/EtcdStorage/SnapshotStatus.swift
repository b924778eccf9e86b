/// What `etcdutl snapshot status` says of a file (etcd etcdutl/snapshot/v3_snapshot.go, `Status`), and how far it can be
/// held against what that program prints.
public struct SnapshotStatus: Hashable, Sendable {
  /// CRC-32C over the name, then all keys and values, of every top-level bucket in order. It depends on what is stored
  /// alone, not on pages: defragmentation leaves it as it is.
  public var hash: UInt32
  /// Whether etcd's hash of an undamaged file would be the same: false when part of the tree could not be read as what it
  /// must be.
  public var isHashComparable: Bool
  /// The main revision of the last row in bucket `key`; 0 if it has none.
  public var revision: Int64
  /// Rows of all buckets, history and tombstones among them: the total keys of etcdutl up to 3.5.
  public var totalKeys: Int
  /// Keys whose newest row is no tombstone: the total keys of etcdutl from 3.6 on.
  public var liveKeys: Int
  /// Bytes below the high-water mark.
  public var totalSize: UInt64
  /// The storage version as etcdutl prints it from 3.6 on: empty when the file records none.
  public var version: String

  /// A status of the given figures.
  public init(
    hash: UInt32, isHashComparable: Bool, revision: Int64, totalKeys: Int, liveKeys: Int, totalSize: UInt64,
    version: String
  ) {
    self.hash = hash
    self.isHashComparable = isHashComparable
    self.revision = revision
    self.totalKeys = totalKeys
    self.liveKeys = liveKeys
    self.totalSize = totalSize
    self.version = version
  }

  /// The hash as etcdutl prints it: lower-case hex digits without leading zeros.
  public var hashText: String { String(hash, radix: 16) }
}
