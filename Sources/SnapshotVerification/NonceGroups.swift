import EtcdStorage

/// Rows whose values share a nonce or IV under one key, found in one table.
struct NonceGroups: Sendable {
  /// Rows that share a nonce and are not copies of one write: their numbers, ascending; two at least in each group.
  private(set) var reused: [[Int]] = []
  /// Rows that share a nonce and are all copies of one write; two at least in each group.
  private(set) var copied: [[Int]] = []

  /// Searches the rows 0 ..< `count`, each with the mark that `mark` gives it; those without a nonce are passed over.
  ///
  /// O(count) expected, with 11 bytes for each row beside what the marks take.
  init(count: Int, mark: (Int) -> NonceMark) {
    var groups: [KeyDigest: [Int]] = [:]
    // One slot in four stays empty. A slot has the number of the first row with its nonce, and one more; above it a part of
    // the nonce, so that marks that lie elsewhere are hardly looked at in vain.
    var slots = [UInt64](repeating: 0, count: count + count / 3 + 1)
    for row in 0..<count {
      let nonce = mark(row).nonce
      guard nonce != .none else { continue }
      let part = UInt64(UInt32(truncatingIfNeeded: nonce.fragment))
      var slot = nonce.slot(of: slots.count)
      while slots[slot] != 0, slots[slot] >> 32 != part || mark(Self.row(slots[slot])).nonce != nonce {
        slot = slot + 1 == slots.count ? 0 : slot + 1
      }
      if slots[slot] == 0 {
        slots[slot] = part << 32 | UInt64(row + 1)
      } else {
        groups[nonce, default: [Self.row(slots[slot])]].append(row)
      }
    }
    for rows in groups.values.sorted(by: { $0[0] < $1[0] }) {
      let seal = mark(rows[0]).seal
      if rows.allSatisfy({ mark($0).seal == seal }) { copied.append(rows) } else { reused.append(rows) }
    }
  }
}

extension NonceGroups {
  private static func row(_ slot: UInt64) -> Int { Int(UInt32(truncatingIfNeeded: slot)) - 1 }
}

extension KeyDigest {
  /// One of `count` slots, each of which is as likely as any other.
  fileprivate func slot(of count: Int) -> Int {
    Int(UInt64(UInt(bitPattern: tableIndex)).multipliedFullWidth(by: UInt64(count)).high)
  }
}
