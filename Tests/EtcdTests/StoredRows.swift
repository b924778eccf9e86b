import BoltFormat
import EtcdStorage
import SnapshotInput
import TestSupport

/// The rows of a database that etcd wrote, as `Tree` and `KeyValue` read them.
struct StoredRows {
  /// The rows of bucket `key`, in the order in which they stand.
  private(set) var key: [EtcdWriter.Row] = []
  /// The keys of the other buckets' rows, by bucket.
  private(set) var others: [String: [[UInt8]]] = [:]
  /// Bucket `meta`.
  private(set) var meta = MetaBucket()
  /// Branch pages of all trees.
  private(set) var branches = 0
  /// Pages that follow others and belong to them.
  private(set) var overflowPages = 0
  /// What is not as it must be.
  private(set) var errors: [any Error] = []
  private var bucket = ""

  /// Reads the file at `path`. Throws when no meta page can be used.
  init(at path: String) throws {
    try Tree(SnapshotFile(opening: path)).walk(&self)
  }

  /// The main revision up to which the history was compacted; 1, that of an empty store, when it never was.
  var compactRevision: Int64 { meta.finishedCompactRevision?.main ?? 1 }

  /// What the rows say of every key that existed at a main revision, in bytewise order of the keys.
  func state(at revision: Int64 = .max) -> [EtcdWriter.KeyValue] {
    var newest: [[UInt8]: EtcdWriter.Row] = [:]
    for row in key where row.main <= revision { newest[row.keyValue.key] = row }
    return newest.values.filter { !$0.isTombstone }.map(\.keyValue)
      .sorted { $0.key.lexicographicallyPrecedes($1.key) }
  }

  /// The row that `stored` holds.
  private static func row(_ stored: borrowing Row) throws(EtcdError) -> EtcdWriter.Row {
    let name = try RevisionKey(decoding: stored.key)
    let message = try KeyValue(decoding: stored.value)
    return EtcdWriter.Row(
      main: name.revision.main, sub: name.revision.sub, isTombstone: name.isTombstone,
      keyValue: EtcdWriter.KeyValue(
        key: EtcdKey(copying: message.key).bytes, createRevision: message.createRevision,
        modRevision: message.modRevision, version: message.version, value: EtcdKey(copying: message.value).bytes,
        lease: message.lease))
  }
}

extension StoredRows: TreeVisitor {
  mutating func enter(_ bucket: Bucket) {
    self.bucket = String(decoding: bucket.name, as: UTF8.self)
    if self.bucket != "key" { others[self.bucket] = [] }
  }

  mutating func visit(_ row: borrowing Row) {
    guard bucket == "key" else {
      if bucket == "meta" { meta.read(key: row.key, value: row.value) }
      others[bucket, default: []].append(EtcdKey(copying: row.key).bytes)
      return
    }
    do throws(EtcdError) {
      key.append(try Self.row(row))
    } catch {
      errors.append(error)
    }
  }

  mutating func leave(_ bucket: Bucket) {}

  mutating func finish(_ page: PageUse) {
    if page.kind == .branch { branches += 1 }
    overflowPages += Int(page.overflow)
  }

  mutating func find(_ error: BoltError) { errors.append(error) }
}
