/// What `etcdctl snapshot status` says of a file.
public struct EtcdStatus: Hashable, Sendable {
  /// CRC-32C over the name, then all keys and values, of every top-level bucket in order.
  public var hash: UInt32
  /// Main revision of the last row in bucket `key`; 0 if it has none.
  public var revision: Int64
  /// Rows of all buckets: the total of etcd up to 3.5.
  public var rowCount: Int
  /// Existing keys, raw rows apart: the total of etcd from 3.6 on.
  public var liveKeyCount: Int
}

extension EtcdWriter {
  /// The status of the file made of `root`.
  public var status: EtcdStatus { status(of: root) }

  /// The status of the file made of `root`, this store's root bucket after changes.
  public func status(of root: BoltBucket) -> EtcdStatus {
    var crc = CRC32C()
    var rowCount = 0
    for entry in root.entries {
      guard let bucket = entry.bucket else { continue }
      crc.update(entry.key)
      for row in bucket.entries {
        crc.update(row.key)
        crc.update(row.value ?? [])
      }
      rowCount += bucket.entries.count
    }
    let last = root["key"]?.entries.last?.key.prefix(8) ?? []
    let revision = last.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return EtcdStatus(
      hash: crc.value, revision: Int64(bitPattern: revision), rowCount: rowCount, liveKeyCount: live.count)
  }
}
