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

  /// Sums up the leaves of these numbers, in order, of a store that was compacted up to `compactRevision`. O(rows).
  init(of leaves: [Int], in catalog: PageCatalog, compactRevision: Int64) {
    for number in leaves {
      let leaf = catalog.leaves[number]
      revisions += Int(leaf.rows)
      tombstones += Int(leaf.tombstones)
      greatestMain = max(greatestMain, leaf.last.revision.main)
    }
    liveKeys =
      catalog.lacksRows
      ? Self.estimatedLiveKeys(of: leaves, in: catalog, compactRevision) : Self.liveKeys(of: leaves, in: catalog)
  }

  /// Counts the keys whose newest row is no tombstone: rows come in the order of their revisions, and of a put and a
  /// tombstone of one revision the tombstone comes last, so the last row of a key is its newest.
  private static func liveKeys(of leaves: [Int], in catalog: PageCatalog) -> Int {
    var table = RowTable(capacity: catalog.rows.count)
    var count = 0
    for (place, number) in leaves.enumerated() {
      // The table is larger than any cache: what the rows of the next leaf need of it is fetched meanwhile.
      if place + 1 < leaves.count {
        for position in catalog.rows(of: leaves[place + 1]) { table.prepare(catalog.rows[position]) }
      }
      for position in catalog.rows(of: number) {
        let row = catalog.rows[position]
        let digest = row & ~PageCatalog.tombstoneBit
        let slot = table.slot(digest, digest >> 32) { catalog.rows[$0] & ~PageCatalog.tombstoneBit == digest }
        if let older = slot.row, catalog.rows[older] & PageCatalog.tombstoneBit == 0 { count -= 1 }
        if row & PageCatalog.tombstoneBit == 0 { count += 1 }
        table.put(position, in: slot)
      }
    }
    return count
  }

  /// How many keys exist, where there was no room for all rows: of a store that etcd wrote, up to the rows of the leaf in
  /// which the compaction ends.
  ///
  /// Behind a compaction every key that exists has one row left, and none that doesn't; ahead of it the history is whole
  /// (etcd mvcc/kvstore_compaction.go). So a key begins to exist with each row behind, tombstones apart, and each
  /// creation ahead; and ceases to with each tombstone ahead.
  private static func estimatedLiveKeys(of leaves: [Int], in catalog: PageCatalog, _ compactRevision: Int64) -> Int {
    let sum = leaves.reduce(0) { sum, number in
      let leaf = catalog.leaves[number]
      let begun = leaf.first.revision.main > compactRevision ? leaf.creations : leaf.rows - leaf.tombstones
      let ended = leaf.last.revision.main > compactRevision ? leaf.tombstones : 0
      return sum + Int(begun) - Int(ended)
    }
    return max(0, sum)
  }
}
