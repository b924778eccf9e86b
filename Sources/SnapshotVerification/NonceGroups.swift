import EtcdStorage

/// Rows whose values share a nonce or IV under one key, found in one table.
struct NonceGroups: Sendable {
  /// Rows that share a nonce and are not copies of one write: their numbers, ascending; two at least in each group.
  private(set) var reused: [[Int]] = []
  /// Rows that share a nonce and are all copies of one write; two at least in each group.
  private(set) var copied: [[Int]] = []

  /// Searches the rows 0 ..< `count`, each with the mark that `mark` gives it; those without a nonce are passed over.
  ///
  /// O(count) expected, with 6 bytes for each row beside what the marks take.
  init(count: Int, mark: (Int) -> NonceMark) {
    var groups: [KeyDigest: [Int]] = [:]
    // One slot in four stays empty. A slot has the number of the first row with its nonce, and one more.
    var slots = [UInt32](repeating: 0, count: count + count / 3 + 1)
    for row in 0..<count {
      let nonce = mark(row).nonce
      guard nonce != .none else { continue }
      var slot = nonce.slot(of: slots.count)
      while slots[slot] != 0, mark(Int(slots[slot]) - 1).nonce != nonce {
        slot = slot + 1 == slots.count ? 0 : slot + 1
      }
      if slots[slot] == 0 {
        slots[slot] = UInt32(row + 1)
      } else {
        groups[nonce, default: [Int(slots[slot]) - 1]].append(row)
      }
    }
    for rows in groups.values.sorted(by: { $0[0] < $1[0] }) {
      let seal = mark(rows[0]).seal
      if rows.allSatisfy({ mark($0).seal == seal }) { copied.append(rows) } else { reused.append(rows) }
    }
  }
}

extension KeyDigest {
  /// One of `count` slots, each of which is as likely as any other.
  fileprivate func slot(of count: Int) -> Int {
    Int(UInt64(UInt(bitPattern: tableIndex)).multipliedFullWidth(by: UInt64(count)).high)
  }
}
