/// A set of pages: one bit for each page of the file.
public struct PageSet: Sendable, Equatable {
  var words: [UInt64]
  /// One bit for each of ``words`` that is not zero: thousands of forged runs, each over most of a large file, are then
  /// refused quickly.
  private var occupied: [UInt64]
  /// Pages the set can hold: 0 up to this number.
  public let capacity: UInt64

  /// An empty set for the pages of a file of `capacity` pages. O(capacity / 64).
  public init(capacity: UInt64) {
    self.capacity = capacity
    words = Array(repeating: 0, count: Int((capacity + 63) / 64))
    occupied = Array(repeating: 0, count: (words.count + 63) / 64)
  }

  /// Whether `page` is in the set; false beyond the capacity. O(1).
  public func contains(_ page: PageID) -> Bool {
    guard page.rawValue < capacity else { return false }
    return words[Int(page.rawValue / 64)] & (1 << (page.rawValue % 64)) != 0
  }

  /// Puts `page` in; answers whether it is new. It must lie below the capacity. O(1).
  @discardableResult
  public mutating func insert(_ page: PageID) -> Bool {
    precondition(page.rawValue < capacity, "page beyond the set's capacity")
    let word = Int(page.rawValue / 64)
    let bit: UInt64 = 1 << (page.rawValue % 64)
    guard words[word] & bit == 0 else { return false }
    set(bit, in: word)
    return true
  }

  /// Puts all pages of `range` in, or none when one of them is there already, and answers which it did.
  /// O(range / 64), and O(range / 4096) when none are put in. The range must lie within the capacity.
  public mutating func insertIfDisjoint(_ range: Range<UInt64>) -> Bool {
    precondition(range.upperBound <= capacity, "page beyond the set's capacity")
    guard !range.isEmpty else { return true }
    let first = Int(range.lowerBound / 64)
    let last = Int((range.upperBound - 1) / 64)
    guard words[first] & Self.mask(first, range) == 0, words[last] & Self.mask(last, range) == 0,
      areZero(UInt64(first) + 1..<UInt64(max(first + 1, last)))
    else { return false }
    for word in first...last { set(Self.mask(word, range), in: word) }
    return true
  }

  private mutating func set(_ bits: UInt64, in word: Int) {
    words[word] |= bits
    occupied[word / 64] |= 1 << UInt64(word % 64)
  }

  /// Whether all of these ``words`` are zero.
  private func areZero(_ range: Range<UInt64>) -> Bool {
    guard !range.isEmpty else { return true }
    for index in Int(range.lowerBound / 64)...Int((range.upperBound - 1) / 64)
    where occupied[index] & Self.mask(index, range) != 0 { return false }
    return true
  }

  /// The number of pages in the set. O(capacity / 64).
  public var count: UInt64 { words.reduce(0) { $0 + UInt64($1.nonzeroBitCount) } }

  /// The bits of word `word` that belong to `range`.
  static func mask(_ word: Int, _ range: Range<UInt64>) -> UInt64 {
    let base = UInt64(word) * 64
    let low = range.lowerBound > base ? range.lowerBound - base : 0
    let high = Swift.min(range.upperBound - base, 64)
    let belowHigh: UInt64 = high == 64 ? .max : (1 << high) - 1
    return belowHigh & ~((1 << low) - 1)
  }
}
