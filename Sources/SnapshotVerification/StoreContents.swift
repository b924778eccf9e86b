import BoltFormat
import EtcdStorage

/// What a reader found in the buckets of etcd.
struct StoreContents: Sendable {
  /// The rows that may matter, one candidate each.
  let list: CandidateList
  /// Rows of bucket `key`, tombstones included.
  let revisions: Int
  let tombstones: Int
  /// The greatest main revision of a row.
  let greatestMain: Int64
  /// Keys whose newest row is no tombstone.
  let liveKeys: Int
  /// Rows of bucket `key` that are not what etcd writes.
  let unreadableRows: Int
  /// The rows of bucket `meta`.
  let meta: MetaBucket
  /// Whether bucket `key` was there.
  let hasKeyBucket: Bool
  /// What could not be read.
  let errors: ErrorList
  /// The pages that the meta reaches.
  let reachable: PageSet
}

extension StoreContents {
  /// Reads all of `tree`, twice where the etcd prefixes become known too late, and keeps what `list`, which is empty, asks
  /// for.
  init(_ tree: Tree, _ list: CandidateList) {
    var reader = StoreReader(RowCollector(list))
    var reachable = tree.walk(&reader)
    reader.rows.list.settlePrefixes()
    if !reader.rows.list.prefixes.isComplete {
      reader = StoreReader(RowCollector(reader.rows.list.forAnotherPass()))
      reachable = tree.walk(&reader)
      reader.rows.list.settlePrefixes()
    }
    reader.rows.finish()
    self.init(reader, errors: reader.errors, reachable)
  }

  /// What `reader`, which has read all rows itself, found.
  init(_ reader: StoreReader, errors: ErrorList, _ reachable: PageSet) {
    let rows = reader.rows
    self.init(
      list: rows.list, revisions: rows.revisions, tombstones: rows.tombstones,
      greatestMain: rows.greatestMain, liveKeys: rows.index.liveCount, unreadableRows: reader.unreadableRows,
      meta: reader.meta, hasKeyBucket: reader.hasKeyBucket, errors: errors, reachable: reachable)
  }
}
