import ByteViews
import KubernetesStorage

/// What the bytes of pages come to that no live page may own: zero, accounted for, or neither.
///
/// Bytes are accounted for by what begins in them: a page, a row, an object. What has no beginning any more, since the page
/// before was written anew, is told by how it goes on: see ``HeadlessText`` and `RawSpan.isLikeCiphertext`.
///
/// Takes at most four bytes a page, and twelve for one with bytes that nothing accounts for.
package struct ResiduePages: Sendable {
  /// What accounts for bytes.
  package enum Explanation: Sendable {
    /// A row, or the structure of a page: what came before has ended.
    case row
    /// An object: the value of a row whose beginning is gone, or part of a text that was begun before.
    case object
    /// A sign of a Secret, with more of it before and behind.
    case sign
    /// The last fields of a Secret: what came before belongs to it.
    case endOfSecret
  }

  /// What the rest of a value is whose beginning was written over.
  enum Remnant: CaseIterable, Sendable {
    /// Ciphertext, or other bytes without any text.
    case ciphertext
    /// Part of a Secret in the clear.
    case secret
    /// Part of an object that is no Secret.
    case otherObject
  }

  /// A page with bytes that nothing accounts for.
  package struct Unexplained: Hashable, Sendable {
    package let page: UInt32
    /// Where in the page the first of them lies.
    package let offset: UInt32
    /// Whether such bytes are text, rather than ciphertext.
    package let isReadable: Bool
    /// Whether they lie behind the last element of a page that may be in use.
    let isSlack: Bool
  }

  /// Pages without a byte that is not zero, in the order in which they were met.
  package private(set) var zero: [UInt32] = []
  /// Pages at the end of the file that lie in a hole, and are none of those.
  package internal(set) var hollow: UInt64 = 0
  /// Pages with bytes that nothing accounts for; one may be named twice.
  package private(set) var unexplained: [Unexplained] = []
  /// Pages on which a value goes on whose beginning was written over.
  private var remnants: [[UInt32]] = Remnant.allCases.map { _ in [] }

  private let pageSize: UInt64
  /// Where the pages end that were ever in use: no value goes on behind it.
  private let pageBound: UInt64
  /// Whether nothing but Secrets is in scope: what can't be one is out of it.
  private let concernsSecretsOnly: Bool

  private var page: UInt64?
  private var isSlack = false
  private var hasContent = false
  /// Bytes of the page at hand that nothing explains, one behind the other, and where in the file they begin.
  private var gap: [UInt8] = []
  private var gapStart: UInt64 = 0
  private var text: HeadlessText?
  /// Where the ciphertext ends that was met last; and whether it began like a file that is packed.
  private var ciphertextEnd: UInt64?
  private var isPacked = false

  /// No pages yet.
  ///
  /// - Parameters:
  ///   - pageBound: the first page number that was never in use.
  ///   - concernsSecretsOnly: whether objects of no other kind matter.
  init(pageSize: Int, pageBound: UInt64, concernsSecretsOnly: Bool) {
    self.pageSize = UInt64(pageSize)
    self.pageBound = pageBound
    self.concernsSecretsOnly = concernsSecretsOnly
  }

  /// The pages, in the order in which they were met, on which such a remnant lies; one may be named twice.
  subscript(_ remnant: Remnant) -> [UInt32] { remnants[remnant.number] }

  /// Says of the bytes that follow whether they are the slack of pages that may be in use.
  package mutating func begin(isSlack: Bool) {
    flush()
    self.isSlack = isSlack
  }

  /// Takes note that the bytes of `range`, which begins where the bytes before ended, are accounted for.
  package mutating func explain(_ range: Range<UInt64>, by explanation: Explanation) {
    guard let last = range.last else { return }
    if case .sign = explanation { beginText(at: range.lowerBound) }
    closeGap()
    switch explanation {
    case .row: endText()
    // Of the row, what stands before its value is left.
    case .object: if text?.endsWhereValueBegins == true { text = nil }
    case .sign: break
    case .endOfSecret: endText(as: .secret)
    }
    turn(to: range.lowerBound / pageSize)
    hasContent = true
    guard last / pageSize > range.lowerBound / pageSize else { return }
    turn(to: last / pageSize)
    hasContent = true
  }

  /// Takes note of `bytes`, which begin where the bytes before ended, at `offset` of the file, and which nothing explains.
  package mutating func leave(_ bytes: RawSpan, at offset: UInt64) {
    var start = 0
    while start < bytes.byteCount {
      let place = offset + UInt64(start)
      let page = place / pageSize
      let end = min(bytes.byteCount, Int((page + 1) * pageSize - offset))
      turn(to: page)
      if gap.isEmpty { gapStart = place }
      gap.append(bytes.extracting(start..<end))
      if offset + UInt64(end) == (page + 1) * pageSize { closeGap() }
      start = end
    }
  }

  /// Takes note that bytes of `page` turned out not to be what explained them.
  mutating func doubt(_ page: UInt64) {
    let number = UInt32(clamping: page)
    zero.removeAll { $0 == number }
    if !unexplained.contains(where: { $0.page == number && !$0.isSlack }) {
      unexplained.append(Unexplained(page: number, offset: 0, isReadable: false, isSlack: false))
    }
  }

  /// Ends the bytes at hand: what follows lies elsewhere.
  mutating func flush() {
    closeGap()
    endText()
    flushPage()
    ciphertextEnd = nil
  }

  private mutating func turn(to page: UInt64) {
    guard page != self.page else { return }
    closeGap()
    flushPage()
    self.page = page
  }

  private mutating func flushPage() {
    guard let page else { return }
    if !hasContent, !isSlack { zero.append(UInt32(clamping: page)) }
    self.page = nil
    hasContent = false
  }

  /// Where a sign at `offset` is the first of its page, what stands before it on that page is part of its value, however
  /// short, and what follows it goes on with that.
  private mutating func beginText(at offset: UInt64) {
    let start = gap.isEmpty ? offset : gapStart
    guard !isSlack, start % pageSize == 0, start / pageSize < pageBound else { return }
    // Taken, so that no copy of it is made when it changes.
    var text = text.take() ?? HeadlessText()
    if !gap.isEmpty {
      hasContent = true
      text.add(gap.rawSpan, page: UInt32(clamping: start / pageSize), offset: 0)
      gap.removeAll(keepingCapacity: true)
    }
    self.text = text
  }

  // MARK: Gaps

  /// Decides on the bytes in ``gap``, which something else follows, or another page.
  private mutating func closeGap() {
    guard let page, !gap.isEmpty else { return }
    var gap: [UInt8] = []
    swap(&gap, &self.gap)
    defer {
      gap.removeAll(keepingCapacity: true)
      self.gap = gap
    }
    let bytes = gap.rawSpan
    let contentEnd = bytes.endOfContent
    guard contentEnd > 0 else { return endText() }
    hasContent = true
    let content = bytes.extracting(first: contentEnd)
    let beginsPage = gapStart % pageSize == 0
    if isSlack || page >= pageBound {
      addUnexplained(page, isReadable: content.holdsText)
    } else if beginsPage, content.isLikeCiphertext {
      endText()
      addCiphertext(content, page, byteCount: bytes.byteCount)
    } else if beginsPage || text != nil {
      var text = text.take() ?? HeadlessText()
      text.add(content, page: UInt32(clamping: page), offset: UInt32(gapStart % pageSize))
      self.text = text
      if contentEnd < bytes.byteCount { endText() }
    } else {
      addUnexplained(page, isReadable: content.holdsText)
    }
  }

  /// A file that is packed has its beginning, so it is no part of a value, and neither is what goes on behind it.
  private mutating func addCiphertext(_ content: RawSpan, _ page: UInt64, byteCount: Int) {
    isPacked = ciphertextEnd == gapStart ? isPacked : content.beginsLikePackedFile
    ciphertextEnd = gapStart + UInt64(byteCount)
    if isPacked {
      addUnexplained(page, isReadable: false)
    } else {
      remnants[Remnant.ciphertext.number].append(UInt32(clamping: page))
    }
  }

  /// Decides on the text at hand, which goes on no further.
  ///
  /// - Parameter remnant: what follows it says that it is; nil where its own last bytes must tell.
  private mutating func endText(as remnant: Remnant? = nil) {
    guard let text else { return }
    self.text = nil
    let isOther = concernsSecretsOnly && text.belongsToAnotherObject
    if let remnant = remnant ?? (isOther ? .otherObject : nil) {
      remnants[remnant.number] += text.pieces.map(\.page)
    } else {
      unexplained += text.pieces.map {
        Unexplained(page: $0.page, offset: $0.offset, isReadable: true, isSlack: false)
      }
    }
  }

  /// Adds the bytes at hand, unless others before them on their page, which are alike, stand for them.
  private mutating func addUnexplained(_ page: UInt64, isReadable: Bool) {
    let number = UInt32(clamping: page)
    if let last = unexplained.last, last.page == number, last.isReadable == isReadable, last.isSlack == isSlack {
      return
    }
    unexplained.append(
      Unexplained(page: number, offset: UInt32(gapStart % pageSize), isReadable: isReadable, isSlack: isSlack))
  }
}

extension ResiduePages.Remnant {
  /// Where it stands among all cases.
  fileprivate var number: Int {
    switch self {
    case .ciphertext: 0
    case .secret: 1
    case .otherObject: 2
    }
  }
}
