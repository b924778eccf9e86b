import EtcdStorage

/// Finds the newest row of each key among rows: the greatest (main, sub), in whatever order they come.
///
/// A table of row numbers that is at most three quarters full: four to eleven bytes for each distinct key.
struct NewestRows {
  /// Row numbers plus 1, and above them as many bits of the key's digest as there is room for; 0 is a free slot.
  ///
  /// The bits tell nearly all other keys in one slot without a look at their rows, which lie anywhere.
  private var slots: [UInt32]
  /// The bits of a slot that are the row's number.
  private let numberBits: UInt32

  /// Marks the newest among `rows`, each of which is the only candidate of its row, as live: of deletions none. O(rows).
  static func mark(in rows: inout SegmentedArray<Candidate>) {
    var newest = NewestRows(capacity: rows.count)
    for number in 0..<rows.count { newest.mark(number, in: &rows) }
  }

  private init(capacity: Int) {
    var slotCount = 1024
    while slotCount * 3 < capacity * 4 { slotCount *= 2 }
    slots = Array(repeating: 0, count: slotCount)
    // As many ones as the greatest number has bits.
    numberBits = UInt32.max >> UInt32(UInt32(capacity).leadingZeroBitCount)
  }

  /// Takes in row `number`, behind all before it.
  private mutating func mark(_ number: Int, in rows: inout SegmentedArray<Candidate>) {
    let row = rows[number]
    let mask = slots.count - 1
    let fragment = UInt32(truncatingIfNeeded: row.digest.fragment) & ~numberBits
    var slot = row.digest.tableIndex & mask
    while slots[slot] != 0 {
      if slots[slot] & ~numberBits == fragment {
        let other = Int(slots[slot] & numberBits) - 1
        if rows[other].digest == row.digest {
          guard rows[other].isOlder(than: row) else { return }
          rows[other].isLive = false
          break
        }
      }
      slot = (slot + 1) & mask
    }
    slots[slot] = fragment | UInt32(number + 1)
    rows[number].isLive = row.role == .value
  }
}

extension Candidate {
  /// Whether `other`, a row of the same key, is newer; of a put and a tombstone of one revision it is the tombstone.
  fileprivate func isOlder(than other: Candidate) -> Bool {
    revision != other.revision ? revision < other.revision : other.role == .deletion
  }
}
