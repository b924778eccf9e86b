/// Which bytes of a block belong to no sound page of bucket `key`: most of them to none that is in use.
struct PageLayout: Sendable {
  /// Adjacent bytes of one kind.
  package struct Span: Sendable {
    package var range: Range<Int>
    package let kind: Kind
  }

  package enum Kind: Hashable, Sendable {
    /// Pages that are not sound, or have no header at all.
    case loose(isHeaded: Bool)
    /// What lies behind the last element of the sound page that begins at an offset of the block, and is not zero.
    case slack(runStart: Int)
    /// The beginning of a run that ends beyond the block: nobody can tell yet.
    case cut
  }

  /// What became of a page position that was tried.
  package enum Outcome: Hashable, Sendable {
    /// A sound page of bucket `key`, with its overflow.
    case sound(byteCount: Int)
    /// The run ends beyond the block.
    case cut
    case loose
  }

  /// In the order of the block.
  private(set) var spans: [Span] = []
  /// Up to here, pages without a header belong to the run before them.
  private var claimedEnd = 0
  /// Where the overflow ends that is doubted: what follows is another stretch.
  private var doubtfulEnd = 0
  private let pageSize: Int

  init(pageSize: Int) { self.pageSize = pageSize }

  /// Takes note of the page at `offset`. One that has a header of its own belongs to no run before it: whoever wrote that
  /// header wrote it later.
  mutating func note(_ outcome: Outcome, at offset: Int, isHeaded: Bool) {
    let range = offset..<(offset + pageSize)
    switch outcome {
    case .sound(let byteCount): claimedEnd = offset + byteCount
    case .cut:
      spans.append(Span(range: range, kind: .cut))
      claimedEnd = .max
    case .loose where isHeaded:
      claimedEnd = offset
      spans.append(Span(range: range, kind: .loose(isHeaded: true)))
    case .loose where offset < claimedEnd: extend(.cut, by: range)
    case .loose: if !extend(nil, by: range) { spans.append(Span(range: range, kind: .loose(isHeaded: false))) }
    }
  }

  /// Takes note of the bytes at the block's end that are no whole page.
  mutating func noteRest(_ range: Range<Int>) {
    guard !range.isEmpty, !extend(nil, by: range) else { return }
    spans.append(Span(range: range, kind: .loose(isHeaded: false)))
  }

  /// Takes note that the sound run that begins at `runStart` has bytes behind its last element that are not zero.
  mutating func noteSlack(_ range: Range<Int>, runStart: Int) {
    spans.append(Span(range: range, kind: .slack(runStart: runStart)))
  }

  /// Takes back that the pages of `range`, which ends the run before them, belong to it.
  mutating func doubt(_ range: Range<Int>) {
    claimedEnd = range.lowerBound
    doubtfulEnd = range.upperBound
  }

  /// Lets the last span go on, if it ends where `range` begins and is of this kind, or loose.
  @discardableResult
  private mutating func extend(_ kind: Kind?, by range: Range<Int>) -> Bool {
    guard let last = spans.last, last.range.upperBound == range.lowerBound, range.lowerBound != doubtfulEnd else {
      return false
    }
    switch last.kind {
    case .loose where kind == nil, .cut where kind == .cut:
      spans[spans.count - 1].range = last.range.lowerBound..<range.upperBound
      return true
    default: return false
    }
  }
}
