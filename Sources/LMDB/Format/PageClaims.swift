/// Which pages something is known of, one bit each.
struct PageClaims {
  private var words: [UInt64]
  /// How many pages can be claimed, from 0 on.
  let bound: UInt64
  /// How many are.
  private(set) var count: UInt64 = 0

  /// No claims among `bound` pages. O(bound): 1 byte for 8 pages.
  init(bound: UInt64) {
    self.bound = bound
    words = [UInt64](repeating: 0, count: Int(bound / 64) + 1)
  }

  /// Claims a page below ``bound``; false where it is already.
  mutating func take(_ page: UInt64) -> Bool {
    let (index, bit) = (Int(page / 64), 1 << (page % 64) as UInt64)
    guard words[index] & bit == 0 else { return false }
    words[index] |= bit
    count += 1
    return true
  }

  /// The first page from `start` on that is not claimed; nil where all are. O(bound).
  func firstFree(from start: UInt64) -> UInt64? {
    (start..<max(start, bound)).first { words[Int($0 / 64)] & (1 << ($0 % 64)) == 0 }
  }
}
