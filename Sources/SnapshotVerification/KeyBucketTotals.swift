import EtcdStorage

/// What the rows of bucket `key` sum up to, from what its leaves sum up to.
struct KeyBucketTotals: Sendable {
  /// Rows, tombstones included.
  private(set) var revisions = 0
  private(set) var tombstones = 0
  /// The greatest main revision of a row.
  private(set) var greatestMain: Int64 = 0
  /// Keys whose newest row is no tombstone.
  private(set) var liveKeys = 0

  /// Sums up the leaves of these numbers, in order, of a store that was compacted up to `compactRevision`.
  ///
  /// Behind a compaction every key that exists has one row left, and none that doesn't; ahead of it the history is whole
  /// (etcd mvcc/kvstore_compaction.go). So a key begins to exist with each row behind, tombstones apart, and each
  /// creation ahead; and ceases to with each tombstone ahead.
  init(of leaves: [Int], in catalog: PageCatalog, compactRevision: Int64) {
    for number in leaves {
      let leaf = catalog.leaves[number]
      revisions += Int(leaf.rows)
      tombstones += Int(leaf.tombstones)
      greatestMain = max(greatestMain, leaf.last.revision.main)
      if leaf.first.revision.main > compactRevision {
        liveKeys += Int(leaf.creations) - Int(leaf.tombstones)
      } else if leaf.last.revision.main <= compactRevision {
        liveKeys += Int(leaf.rows) - Int(leaf.tombstones)
      } else {
        liveKeys += Int(leaf.creations)
        count(catalog.marks(of: number), from: leaf.first.revision.main, compactRevision)
      }
    }
  }

  /// Counts the rows that are no creations of a leaf in which the compaction ends.
  private mutating func count(_ marks: ArraySlice<UInt8>, from first: Int64, _ compactRevision: Int64) {
    var main = UInt64(first)
    var mark: UInt64 = 0
    var shift: UInt64 = 0
    for byte in marks {
      mark |= UInt64(byte & 0x7F) << shift
      shift += 7
      guard byte < 0x80 else { continue }
      main += mark >> 1
      let isTombstone = mark & 1 != 0
      let isBehind = main <= UInt64(compactRevision)
      if isTombstone, !isBehind { liveKeys -= 1 }
      if !isTombstone, isBehind { liveKeys += 1 }
      (mark, shift) = (0, 0)
    }
  }
}
