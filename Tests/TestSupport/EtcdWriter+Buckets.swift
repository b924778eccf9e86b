extension EtcdWriter {
  /// The id of the only member.
  public static let memberID: UInt64 = 0x8E9E_05C5_2164_694D

  /// The root bucket with etcd's ten buckets (etcd: server/storage/schema/bucket.go): a cluster of one member, without
  /// users. Change it before it is written to have anything else.
  public var root: BoltBucket {
    BoltBucket([
      "alarm": BoltBucket(),
      "auth": BoltBucket([.init("authEnabled", [0]), .init("authRevision", [UInt8](bigEndian: 1))]),
      "authRoles": BoltBucket(),
      "authUsers": BoltBucket(),
      "cluster": BoltBucket(clusterRows),
      "key": BoltBucket(keyRows),
      "lease": BoltBucket(leaseRows),
      "members": BoltBucket([memberRow]),
      "members_removed": BoltBucket(),
      "meta": BoltBucket(metaRows),
    ])
  }

  /// The entries of bucket `key`, raw ones included.
  public var keyRows: [BoltBucket.Entry] {
    let rows = rows.map(\.entry)
    guard !rawRows.isEmpty else { return rows }
    return (rows + rawRows).sorted { $0.key.lexicographicallyPrecedes($1.key) }
  }

  private var clusterRows: [BoltBucket.Entry] {
    let version = BoltBucket.Entry("clusterVersion", Array(version.rawValue.utf8))
    let downgrade = BoltBucket.Entry("downgrade", Array(#"{"target-version":"","enabled":false}"#.utf8))
    return self.version == .v34 ? [version] : [version, downgrade]
  }

  private var memberRow: BoltBucket.Entry {
    let urls = #""peerURLs":["http://127.0.0.1:2380"],"name":"default","clientURLs":["http://127.0.0.1:2379"]"#
    return .init(String(Self.memberID, radix: 16), Array("{\"id\":\(Self.memberID),\(urls)}".utf8))
  }

  /// Big-endian lease id → leasepb.Lease with a time to live of an hour.
  private var leaseRows: [BoltBucket.Entry] {
    let ids = Set(rows.map(\.keyValue.lease)).subtracting([0]).map(UInt64.init(bitPattern:))
    return ids.sorted().map { id in
      var lease = ProtobufWriter()
      lease.varint(1, id)
      lease.varint(2, 3600 as UInt64)
      return .init([UInt8](bigEndian: id), lease.bytes)
    }
  }

  private var metaRows: [BoltBucket.Entry] {
    var rows: [BoltBucket.Entry] = [.init("consistent_index", [UInt8](bigEndian: consistentIndex))]
    let compactions = [("finishedCompactRev", finishedCompaction), ("scheduledCompactRev", scheduledCompaction)]
    for case (let name, let revision?) in compactions {
      rows.append(.init(name, Row(main: revision, keyValue: KeyValue(key: [])).boltKey))
    }
    if version != .v34 {
      rows.insert(.init("confState", Array("{\"voters\":[\(Self.memberID)],\"auto_leave\":false}".utf8)), at: 0)
      if version == .v36 { rows.append(.init("storageVersion", Array(version.rawValue.utf8))) }
      rows.append(.init("term", [UInt8](bigEndian: 2)))
    }
    return rows
  }
}
