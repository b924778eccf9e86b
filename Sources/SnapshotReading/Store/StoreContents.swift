import BoltFormat
import EtcdStorage
import VerificationModel

/// What a reader found in the buckets of etcd.
package struct StoreContents: Sendable {
  /// The rows that may matter, one candidate each.
  package let list: SettledRows
  /// Rows of bucket `key`, tombstones included.
  package let revisions: Int
  package let tombstones: Int
  /// The greatest main revision of a row.
  package let greatestMain: Int64
  /// Keys whose newest row is no tombstone.
  package let liveKeys: Int
  /// Rows of bucket `key` that are not what etcd writes.
  package let unreadableRows: Int
  /// The rows of bucket `meta`.
  package let meta: MetaBucket
  /// Whether bucket `key` was there.
  package let hasKeyBucket: Bool
  /// What could not be read.
  package let errors: ErrorList
  /// The pages that the meta reaches.
  package let reachable: PageSet
  /// What lies in bytes that none of these pages owns; nil when it was not asked for.
  package var residue: ResidueContents?
  /// What the search for that examined; nil when it was not asked for.
  package var searchBudget: SearchBudget?
  /// What the pages measure up to; nil when it was not asked for, and of a file for whose sake the tree was walked.
  package var measured: MeasuredPages?
  /// Pages at the end of the file that lie in a hole, and were not read: none of them was ever in use.
  package var hollowPages: UInt64 = 0
  /// Leaves of bucket `key` without rows, where bbolt leaves none.
  package var emptyLeaves: [PageID] = []
  /// Rows of bucket `key` that no etcd wrote.
  package var impossibleRows = ImpossibleRows()
  /// Of which cluster the store is; nil where nothing tells.
  package var cluster: ClusterIdentity?
}

extension StoreContents {
  /// Reads all of `tree`, twice where the etcd prefixes become known too late, and keeps what `list`, which is empty, asks
  /// for.
  package init(_ tree: Tree, _ list: CandidateList) {
    var (reader, reachable) = Self.read(tree, list, KeyDigest.Maker())
    let placed = PrefixedRows(reader.rows.takeList()).placed()
    let errors = reader.errors
    self.init(&reader, placed, errors: errors, reachable)
  }

  /// As above; and of what `scan` found in the pages, what lies in bytes that the tree does not own.
  ///
  /// - Parameter reread: reads the file once more for that, where there was no room for it.
  init(_ tree: Tree, _ list: CandidateList, _ scan: inout PageScan, residue reread: @escaping ResidueReading) {
    guard let digests = scan.residue?.digests else {
      self.init(tree, list)
      return
    }
    var (reader, reachable) = Self.read(tree, list, digests)
    var errors = reader.errors
    var heads = PageSet(capacity: tree.pageBound)
    for page in reader.pages { heads.insert(page.page) }
    let catalog = scan.indexedCatalog(tree)
    var left = ResidueResolution(
      of: &scan, catalog, owned: reachable, heads: heads, reader, unowned: catalog.impossibleRows(of: []).others, tree,
      reread, &errors)
    if let readable = left?.takeList() { reader.rows.list.join(readable) }
    let placed = PrefixedRows(reader.rows.takeList()).placed()
    let candidates = placed.residue
    self.init(&reader, placed, errors: errors, reachable)
    residue = left?.contents(candidates)
    searchBudget = left?.budget
  }

  private static func read(
    _ tree: Tree, _ list: CandidateList, _ digests: KeyDigest.Maker
  ) -> (StoreReader, reachable: PageSet) {
    var reader = StoreReader(RowCollector(list, digests), pageSize: tree.meta.pageSize)
    var reachable = tree.walk(&reader)
    let prefixed = PrefixedRows(reader.rows.list)
    if !prefixed.isComplete {
      reader = StoreReader(RowCollector(prefixed.forAnotherPass(), digests), pageSize: tree.meta.pageSize)
      reachable = tree.walk(&reader)
    }
    reader.finish(tree, reachable: reachable)
    return (reader, reachable)
  }

  /// What `reader`, which has read all rows itself, found; its rows are `placed`.
  init(
    _ reader: inout StoreReader, _ placed: consuming PlacedRows, errors: ErrorList, _ reachable: PageSet
  ) {
    reader.rows.settleIndex()
    self.init(
      list: placed.settled(by: .index(reader.rows.index)), revisions: reader.rows.revisions,
      tombstones: reader.rows.tombstones,
      greatestMain: reader.rows.greatestMain, liveKeys: reader.rows.index.liveCount,
      unreadableRows: reader.unreadableRows,
      meta: reader.meta, hasKeyBucket: reader.hasKeyBucket, errors: errors, reachable: reachable)
    emptyLeaves = reader.emptyLeaves
    impossibleRows = reader.impossibleRows
    cluster = reader.cluster.identity
  }
}
