import SnapshotReading

/// Rows whose values share a nonce or IV under one key, found in one table.
struct NonceGroups: Sendable {
  /// Rows that share a nonce and are not copies of one write: their numbers, ascending; two at least in each group.
  private(set) var reused: [[Int]] = []
  /// Rows that share a nonce and are all copies of one write; two at least in each group.
  private(set) var copied: [[Int]] = []

  /// Searches rows with these `marks`, in the order of their numbers from 0 to `count` - 1, each of which `mark` gives too;
  /// those without a nonce are passed over.
  ///
  /// O(count) expected, with four to eleven bytes for each row beside what the marks take.
  init(_ marks: some Sequence<NonceMark>, count: Int, at mark: (Int) -> NonceMark) {
    var groups: [UInt64: [Int]] = [:]
    var first = RowTable(capacity: count)
    for (row, nonce) in marks.lazy.map(\.nonce).enumerated() {
      guard nonce != NonceMark.none.nonce else { continue }
      let slot = first.slot(nonce, nonce >> 32) { mark($0).nonce == nonce }
      if let other = slot.row { groups[nonce, default: [other]].append(row) } else { first.put(row, in: slot) }
    }
    for rows in groups.values.sorted(by: { $0[0] < $1[0] }) {
      let seal = mark(rows[0]).seal
      if rows.allSatisfy({ mark($0).seal == seal }) { copied.append(rows) } else { reused.append(rows) }
    }
  }
}
