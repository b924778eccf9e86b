import KubernetesStorage

/// What the bytes of pages come to that no live page may own: zero, explained, or neither.
///
/// Takes at most four bytes a page.
struct ResiduePages: Sendable {
  /// Pages without a byte that is not zero, in the order in which they were met.
  private(set) var zero: [UInt32] = []
  /// Pages with bytes that nothing explains.
  private(set) var unexplained: [UInt32] = []
  /// Of these, pages in which such bytes are text rather than ciphertext.
  private(set) var readable: [UInt32] = []
  /// Pages in use, with bytes behind the last element that nothing explains; and of these, those in which they are text.
  private(set) var slack: [UInt32] = []
  private(set) var readableSlack: [UInt32] = []

  private let pageSize: UInt64
  private var page: UInt64?
  private var isSlack = false
  private var hasContent = false
  private var isUnexplained = false
  private var isReadable = false

  init(pageSize: Int) { self.pageSize = UInt64(pageSize) }

  /// Says of the bytes that follow whether they are the slack of pages that may be in use.
  mutating func begin(isSlack: Bool) {
    flush()
    self.isSlack = isSlack
  }

  /// Takes note that the bytes of `range`, which begins where the bytes before ended, are explained.
  mutating func explain(_ range: Range<UInt64>) {
    guard let last = range.last else { return }
    turn(to: range.lowerBound / pageSize)
    hasContent = true
    guard last / pageSize > range.lowerBound / pageSize else { return }
    turn(to: last / pageSize)
    hasContent = true
  }

  /// Takes note of `bytes`, which begin where the bytes before ended, at `offset` of the file, and which nothing explains.
  mutating func leave(_ bytes: RawSpan, at offset: UInt64) {
    var start = 0
    while start < bytes.byteCount {
      let page = (offset + UInt64(start)) / pageSize
      let end = min(bytes.byteCount, Int((page + 1) * pageSize - offset))
      turn(to: page)
      leave(bytes, in: start..<end)
      start = end
    }
  }

  private mutating func leave(_ bytes: RawSpan, in range: Range<Int>) {
    guard !bytes.isZero(in: range) else { return }
    hasContent = true
    isUnexplained = true
    isReadable = isReadable || bytes.holdsText(in: range)
  }

  /// Takes note that bytes of `page` turned out not to be what explained them.
  mutating func doubt(_ page: UInt64) {
    let number = UInt32(clamping: page)
    zero.removeAll { $0 == number }
    if !unexplained.contains(number) { unexplained.append(number) }
  }

  /// Ends the page at hand.
  mutating func flush() {
    guard let page else { return }
    let number = UInt32(clamping: page)
    if isUnexplained {
      if isSlack { slack.append(number) } else { unexplained.append(number) }
      if isReadable {
        if isSlack { readableSlack.append(number) } else { readable.append(number) }
      }
    } else if !hasContent, !isSlack {
      zero.append(number)
    }
    self.page = nil
    (hasContent, isUnexplained, isReadable) = (false, false, false)
  }

  private mutating func turn(to page: UInt64) {
    guard page != self.page else { return }
    flush()
    self.page = page
  }
}

extension RawSpan {
  /// Whether some of the bytes of `range` are far from random: of every 512 bytes, 128 are looked at.
  fileprivate func holdsText(in range: Range<Int>) -> Bool {
    var start = range.lowerBound
    while start < range.upperBound {
      let end = Swift.min(start + 128, range.upperBound)
      if !looksRandom(in: start..<end) { return true }
      start += 512
    }
    return false
  }
}
