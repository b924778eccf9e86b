import EtcdStorage

/// Finds the newest row of each key among rows: the greatest (main, sub), in whatever order they come.
enum NewestRows {
  /// Marks the newest among `rows`, each of which is the only candidate of its row, as live: of deletions none. O(rows).
  static func mark(in rows: inout SegmentedArray<Candidate>) {
    var newest = RowTable(capacity: rows.count)
    for number in 0..<rows.count {
      let row = rows[number]
      let slot = newest.slot(UInt64(bitPattern: Int64(row.digest.tableIndex)), row.digest.fragment) {
        rows[$0].digest == row.digest
      }
      if let other = slot.row {
        guard rows[other].isOlder(than: row) else { continue }
        rows[other].isLive = false
      }
      newest.put(number, in: slot)
      rows[number].isLive = row.role == .value
    }
  }
}

extension Candidate {
  /// Whether `other`, a row of the same key, is newer.
  fileprivate func isOlder(than other: Candidate) -> Bool {
    revision.isOlder(than: other.revision, ofTombstone: other.role == .deletion)
  }
}
