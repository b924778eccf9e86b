import EtcdStorage

/// Finds the newest row of each key among rows: the greatest (main, sub), in whatever order they come.
///
/// A table of row numbers that is at most three quarters full: four to eleven bytes for each distinct key.
struct NewestRows {
  /// Row numbers plus 1; 0 is a free slot.
  private var slots: [UInt32]

  /// The newest rows among `rows`, each of which is the only candidate of its row. O(rows).
  init(of rows: SegmentedArray<Candidate>) {
    slots = Array(repeating: 0, count: 1024)
    while slots.count * 3 < rows.count * 4 { slots.append(contentsOf: repeatElement(0, count: slots.count)) }
    for (number, row) in rows.enumerated() {
      let slot = slot(of: row.digest, in: rows)
      if slots[slot] == 0 || rows[Int(slots[slot]) - 1].isOlder(than: row) { slots[slot] = UInt32(number + 1) }
    }
  }

  /// The numbers of the newest rows.
  var numbers: some Sequence<Int> { slots.lazy.filter { $0 != 0 }.map { Int($0) - 1 } }

  /// Where the newest row of the key with this digest stands, or would.
  private func slot(of digest: KeyDigest, in rows: SegmentedArray<Candidate>) -> Int {
    let mask = slots.count - 1
    var slot = digest.tableIndex & mask
    while slots[slot] != 0, rows[Int(slots[slot]) - 1].digest != digest { slot = (slot + 1) & mask }
    return slot
  }
}

extension Candidate {
  /// Whether `other`, a row of the same key, is newer; of a put and a tombstone of one revision it is the tombstone.
  fileprivate func isOlder(than other: Candidate) -> Bool {
    revision != other.revision ? revision < other.revision : other.role == .deletion
  }
}
