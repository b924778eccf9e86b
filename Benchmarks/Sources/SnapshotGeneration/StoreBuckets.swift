import TestSupport

/// Writes the buckets of a store beside `key`, and the root bucket that names them all.
struct StoreBuckets {
  /// Rows of these buckets so far.
  private(set) var rowCount = 0
  private let encoder: BoltPageEncoder
  private let revision: Int64
  private let compactRevision: Int64
  private let leases: [Int64]

  /// The buckets of a store at `revision`, whose history begins at `compactRevision`: 0 when it is all there.
  init(_ encoder: BoltPageEncoder, revision: Int64, compactRevision: Int64, leases: [Int64] = []) {
    self.encoder = encoder
    self.revision = revision
    self.compactRevision = compactRevision
    self.leases = leases
  }

  /// Writes them beside the tree of bucket `key` at `keyRoot`, and answers the page number of the root bucket's leaf.
  mutating func write(keyRoot: UInt64, to file: inout PageFile) throws -> UInt64 {
    var root = EtcdWriter(.v35).root
    root["lease"] = leaseBucket
    root["meta"] = metaBucket
    var rows: [BoltPageEncoder.Row] = []
    for entry in root.entries {
      let isKey = entry.key == Array("key".utf8)
      let value = isKey ? encoder.bucket(root: keyRoot) : try write(entry.bucket, to: &file)
      rows.append(BoltPageEncoder.Row(entry.key, value, flags: 1))
    }
    let number = file.nextPage
    try file.append(encoder.leaf(number, rows))
    return number
  }

  /// The value that stands for a bucket: inline in a quarter page at most (bbolt: bucket.go, `inlineable`), or in a tree.
  private mutating func write(_ bucket: BoltBucket?, to file: inout PageFile) throws -> [UInt8] {
    let rows = (bucket?.entries ?? []).map { BoltPageEncoder.Row($0.key, $0.value ?? []) }
    rowCount += rows.count
    let inlinePage = encoder.leaf(0, rows, isInline: true)
    guard inlinePage.count > encoder.pageSize / 4 else { return encoder.bucket(root: 0, inlinePage: inlinePage) }
    var tree = BucketWriter(encoder)
    for row in rows { try tree.append(row, to: &file) }
    return encoder.bucket(root: try tree.finish(&file))
  }

  /// Lease id → leasepb.Lease: 1 id, 2 seconds to live.
  private var leaseBucket: BoltBucket {
    BoltBucket(
      leases.sorted().map { id in
        var lease = ProtobufWriter()
        lease.varint(1, id)
        lease.varint(2, 3660 as UInt64)
        return .init([UInt8](bigEndian: UInt64(id)), lease.bytes)
      })
  }

  /// The rows that etcd 3.5 keeps about the store itself.
  private var metaBucket: BoltBucket {
    let compaction = EtcdWriter.Row(main: compactRevision, keyValue: .init(key: [])).boltKey
    let compactions: [BoltBucket.Entry] =
      compactRevision == 0
      ? [] : [.init("finishedCompactRev", compaction), .init("scheduledCompactRev", compaction)]
    return BoltBucket(
      [
        .init("confState", Array("{\"voters\":[\(EtcdWriter.memberID)],\"auto_leave\":false}".utf8)),
        .init("consistent_index", [UInt8](bigEndian: UInt64(revision) + 100)),
      ] + compactions + [.init("term", [UInt8](bigEndian: 2))])
  }
}
