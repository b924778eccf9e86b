import EtcdStorage

/// Finds the newest row of each key among rows: the greatest (main, sub), in whatever order they come.
enum NewestRows {
  /// So many rows before its own the table is asked for a row's slot: it is larger than any cache.
  private static let lookahead = 8

  /// Marks the newest among `rows`, each of which is the only candidate of its row, as live: of deletions none. O(rows).
  static func mark(in rows: inout SegmentedArray<Candidate>) {
    var newest = RowTable(capacity: rows.count)
    for number in 0..<rows.count {
      if number + lookahead < rows.count { newest.prepare(rows[number + lookahead].digest.tableBits) }
      let row = rows[number]
      let slot = newest.slot(row.digest.tableBits, row.digest.fragment) {
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

extension KeyDigest {
  fileprivate var tableBits: UInt64 { UInt64(bitPattern: Int64(tableIndex)) }
}

extension Candidate {
  /// Whether `other`, a row of the same key, is newer.
  fileprivate func isOlder(than other: Candidate) -> Bool {
    revision.isOlder(than: other.revision, ofTombstone: other.role == .deletion)
  }
}
