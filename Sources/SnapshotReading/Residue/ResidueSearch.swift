import BoltFormat
import ByteViews
import EtcdStorage
import KubernetesStorage

/// Searches a stretch of adjacent pages that no live page may own, as their bytes come: for rows, for objects whose row is
/// gone, for signs of Secrets whose beginning is gone; and tells which bytes none of these explain.
///
/// What a page says of itself explains bytes, but never keeps them from being searched: most pages that were freed have no
/// header, and headers may lie. Nothing is understood that needs more than ``longestObject`` bytes at once, and what is
/// examined is charged to the ``SearchBudget`` of the finds, so the time is linear, whatever the bytes are.
struct ResidueSearch: Sendable {
  /// Bytes of an object that are waited for; etcd takes requests of 1.5 MiB unless told otherwise
  /// (server/embed/config.go, `DefaultMaxRequestBytes`).
  static let longestObject = 2 << 20
  /// Bytes before the place where the search goes on that are kept: what tells of a sign may lie there.
  private static let bytesKept = max(RawSpan.secretSignReach.before, SecretTrace.bytesToTell)
  /// Bytes of an object that suffice to tell whether one begins.
  private static let headBytes = 512

  private let pageSize: Int
  private let order: ByteOrder
  private let pageBound: UInt64
  /// Bytes that came and were not decided on, since more must come.
  private var waiting: [UInt8] = []
  /// So many bytes must wait before they are searched again.
  private var wanted = 0
  /// Where in the file the next byte of ``waiting`` lies, or the next that comes.
  private var position: UInt64 = 0
  private var stretch = Stretch(start: 0, isHeaded: false, isSlack: false)
  /// Whether a stretch was begun and not ended.
  private(set) var isOpen = false
  private var isBegun = false
  /// Where the search goes on.
  private var next: UInt64 = 0
  /// Where the next page begins at which a row may be cut.
  private var border: UInt64 = 0
  /// Up to here, whatever was found last explains the bytes.
  private var explainedEnd: UInt64 = 0
  /// Up to here, what looks like an object in text is a quotation in the object that was found last.
  private var quotationEnd: UInt64 = 0
  /// Up to here, the bytes were accounted for.
  private var accountedEnd: UInt64 = 0
  /// What the page's own header explains, in ascending order, and how many of these lie behind.
  private var structure: [Range<UInt64>] = []
  private var structurePassed = 0
  /// What explains the bytes up to ``explainedEnd``.
  private var explanation = ResiduePages.Explanation.row

  /// Where a stretch begins, and how.
  private struct Stretch {
    let start: UInt64
    /// Whether it begins with the header of the page there.
    let isHeaded: Bool
    /// Whether it is what lies behind the last element of a page that may be in use.
    let isSlack: Bool
  }

  /// What comes of a sign.
  private enum Outcome {
    case nothing
    /// Bytes are explained; the search goes on at an offset.
    case explained(Range<Int>, by: ResiduePages.Explanation, next: Int)
    /// More bytes must come, behind those from an offset on: so many from there, or twice as many as there are. No more than
    /// ``longestObject`` are waited for.
    case needsMore(from: Int, count: Int? = nil)
  }

  /// A search in files of such pages, of which those from `pageBound` on were never in use.
  init(pageSize: Int, _ order: ByteOrder, pageBound: UInt64) {
    self.pageSize = pageSize
    self.order = order
    self.pageBound = pageBound
  }

  /// Begins a stretch at `offset` of the file.
  mutating func begin(at offset: UInt64, isHeaded: Bool, isSlack: Bool = false, _ finds: inout ResidueFinds) {
    precondition(!isOpen, "the stretch before was ended")
    stretch = Stretch(start: offset, isHeaded: isHeaded, isSlack: isSlack)
    (isOpen, isBegun) = (true, false)
    (position, next, explainedEnd, accountedEnd) = (offset, offset, offset, offset)
    quotationEnd = offset
    explanation = .row
    structure.removeAll(keepingCapacity: true)
    structurePassed = 0
    wanted = 0
    finds.pages.begin(isSlack: isSlack)
  }

  /// Takes the next bytes of the stretch.
  mutating func append(_ bytes: RawSpan, _ finds: inout ResidueFinds) {
    finds.noteSearch(of: bytes.byteCount)
    guard !waiting.isEmpty else {
      let decided = search(bytes, isEnd: false, &finds)
      waiting.append(bytes.extracting(droppingFirst: decided))
      position += UInt64(decided)
      return
    }
    waiting.append(bytes)
    if waiting.count >= wanted { searchWaiting(isEnd: false, &finds) }
  }

  /// Ends the stretch.
  mutating func end(_ finds: inout ResidueFinds) {
    guard isOpen else { return }
    searchWaiting(isEnd: true, &finds)
    finds.pages.flush()
    isOpen = false
  }

  /// Searches a whole stretch.
  mutating func search(
    _ bytes: RawSpan, at offset: UInt64, isHeaded: Bool, isSlack: Bool = false, _ finds: inout ResidueFinds
  ) {
    begin(at: offset, isHeaded: isHeaded, isSlack: isSlack, &finds)
    append(bytes, &finds)
    end(&finds)
  }

  /// Says that the bytes up to `offset` of the file, which are yet to come, are explained by something else.
  mutating func explain(upTo offset: UInt64) { explainedEnd = max(explainedEnd, offset) }

  private mutating func searchWaiting(isEnd: Bool, _ finds: inout ResidueFinds) {
    var bytes: [UInt8] = []
    swap(&bytes, &waiting)
    let decided = search(bytes.rawSpan, isEnd: isEnd, &finds)
    bytes.removeFirst(decided)
    waiting = bytes
    wanted -= min(wanted, decided)
    position += UInt64(decided)
  }

  // MARK: Searching

  /// Searches `bytes`, which begin at ``position``; answers how many of them are decided on.
  private mutating func search(_ bytes: RawSpan, isEnd: Bool, _ finds: inout ResidueFinds) -> Int {
    if !isBegun {
      if stretch.isHeaded {
        let count = min(PageStructure.bytesToTell(in: bytes, order, pageSize: pageSize), Self.longestObject)
        guard isEnd || bytes.byteCount >= count else {
          wanted = count
          return 0
        }
        explainStructure(bytes.extracting(first: min(count, bytes.byteCount)))
      }
      isBegun = true
      border = stretch.isHeaded || stretch.isSlack ? stretch.start + UInt64(pageSize) : stretch.start
    }
    wanted = 0
    var offset = self.offset(of: next)
    var found = nextSign(in: bytes, from: offset)
    while true {
      // The next sign stays the next one until the search has passed it.
      if let known = found, known.offset < offset { found = nextSign(in: bytes, from: offset) }
      let sign = found
      // Where a page begins whose first bytes nothing explains, a row may begin that is cut.
      let pageStart = self.offset(of: border)
      if pageStart < bytes.byteCount, pageStart <= sign?.offset ?? bytes.byteCount {
        let isExplained = stretch.isSlack || explainedEnd > position + UInt64(pageStart)
        switch isExplained ? .nothing : cutRow(at: pageStart, bytes, isEnd: isEnd, &finds) {
        case .nothing: break
        case .explained(let range, let explanation, let following):
          explain(range, by: explanation, bytes, &finds)
          offset = max(offset, following)
        case .needsMore(let start, let count):
          // No sign lies before the page's first byte.
          next = position + UInt64(max(offset, pageStart))
          return wait(for: count, from: start, bytes, &finds)
        }
        border += UInt64(pageSize)
        continue
      }
      guard let sign else { break }
      switch examine(sign, bytes, isEnd: isEnd, &finds) {
      case .nothing:
        offset = sign.offset + 1
      case .explained(let range, let explanation, let following):
        explain(range, by: explanation, bytes, &finds)
        offset = following
      case .needsMore(let start, let count):
        guard mayWait(from: start, bytes, isEnd: isEnd) else {
          offset = sign.offset + 1
          continue
        }
        next = position + UInt64(sign.offset)
        return wait(for: count, from: start, bytes, &finds)
      }
    }
    guard !isEnd else {
      account(upTo: bytes.byteCount, bytes, &finds)
      return bytes.byteCount
    }
    // The last byte may be the first of a sign.
    next = position + UInt64(max(offset, bytes.byteCount - 1))
    return keep(from: bytes.byteCount - 1, bytes, &finds)
  }

  /// Where in the bytes at hand that one lies which is at `place` of the file; the first of them, if it lies before them.
  private func offset(of place: UInt64) -> Int { place > position ? Int(clamping: place - position) : 0 }

  /// Whether more bytes can be waited for, behind those from `start` on.
  private func mayWait(from start: Int, _ bytes: RawSpan, isEnd: Bool) -> Bool {
    !isEnd && bytes.byteCount - start < Self.longestObject
  }

  /// Keeps the bytes from `start` on, until there are `count` of them, or twice as many as there are.
  private mutating func wait(
    for count: Int?, from start: Int, _ bytes: RawSpan, _ finds: inout ResidueFinds
  ) -> Int {
    let available = bytes.byteCount - start
    // Whoever waits for twice as much each time examines no more than twice as much in all.
    let count = count.map { $0 > available ? $0 : 2 * available } ?? 2 * available
    wanted = start + min(max(count, available + 1), Self.longestObject)
    return keep(from: start, bytes, &finds)
  }

  /// The bytes up to where an object ends at the latest that begins at `start`: what lies behind must not tell of it, since it
  /// may have come, or not.
  @_lifetime(copy bytes)
  private func reach(of start: Int, in bytes: RawSpan) -> RawSpan {
    bytes.extracting(first: min(start + Self.longestObject, bytes.byteCount))
  }

  /// Keeps the bytes from `start` on, and as many before as may belong to what begins there.
  private mutating func keep(from start: Int, _ bytes: RawSpan, _ finds: inout ResidueFinds) -> Int {
    let decided = max(0, start - Self.bytesKept)
    // What is explained needs no bytes, and is told as a whole.
    if explainedEnd < position + UInt64(decided) { account(upTo: decided, bytes, &finds) }
    return decided
  }

  /// The first sign from `offset` on of which something may come.
  private func nextSign(in bytes: RawSpan, from offset: Int) -> ResidueSign? {
    let end = self.offset(of: quotationEnd)
    guard offset < end else { return ResidueSign(in: bytes, from: offset) }
    // Inside an object, nothing else can be told from what the object quotes.
    let known = bytes.extracting(first: min(end + 1, bytes.byteCount))
    return ResidueSign(.rowsAndProtobuf, in: known, from: offset) ?? ResidueSign(in: bytes, from: end)
  }

  private mutating func examine(
    _ sign: ResidueSign, _ bytes: RawSpan, isEnd: Bool, _ finds: inout ResidueFinds
  ) -> Outcome {
    guard finds.budget.isLeft() else { return .nothing }
    let isQuoted = position + UInt64(sign.offset) < quotationEnd
    switch sign.kind {
    case .row: return row(at: sign.offset - 8, bytes, isEnd: isEnd, &finds)
    case .protobuf: return object(at: sign.offset, isQuoted: isQuoted, bytes, isEnd: isEnd, &finds)
    case .object: return isQuoted ? .nothing : object(at: sign.offset, isQuoted: false, bytes, isEnd: isEnd, &finds)
    case .secret: return isQuoted ? .nothing : fragment(at: sign.offset, bytes, isEnd: isEnd, &finds)
    case .trace: return isQuoted ? .nothing : trace(at: sign.offset, bytes, isEnd: isEnd, &finds)
    }
  }

  // MARK: Rows

  /// A row whose revision begins at `start`, and whose message follows it, as bbolt writes keys and values.
  private mutating func row(at start: Int, _ bytes: RawSpan, isEnd: Bool, _ finds: inout ResidueFinds) -> Outcome {
    guard start >= 0 else { return .nothing }
    let keyEnd = start + RevisionKey.byteCount
    guard keyEnd + 2 <= bytes.byteCount else { return .needsMore(from: start) }
    guard let key = try? RevisionKey(decoding: bytes.extracting(start..<keyEnd)), key.revision.main >= 1,
      key.revision.sub <= Int64(Int32.max)
    else { return .nothing }
    let isTombstone = bytes.byte(at: keyEnd) == UInt8(ascii: "t")
    let messageStart = isTombstone ? keyEnd + 1 : keyEnd
    let rest = reach(of: start, in: bytes).extracting(droppingFirst: messageStart)
    do throws(KeyValueRemnant.Failure) {
      if isTombstone {
        let count = try KeyValueRemnant.tombstoneBytes(in: rest)
        // Its length may be a lie: what it covers is searched like anything else.
        return .explained(start..<(messageStart + count), by: .row, next: messageStart)
      }
      let row = try KeyValueRemnant(in: rest)
      if row.mayGoOn, mayWait(from: start, bytes, isEnd: isEnd) {
        return .needsMore(from: start, count: RevisionKey.byteCount + row.byteCount + 1)
      }
      let value = add(row, key.revision, at: messageStart, &finds)
      let following = RowDoubt.isIn(key: row.keyValue.key) ? keyEnd : value
      return .explained(start..<(messageStart + row.byteCount), by: .row, next: following)
    } catch {
      return error == .endsEarly
        ? isEnd ? .explained(start..<bytes.byteCount, by: .row, next: keyEnd) : .needsMore(from: start)
        : .nothing
    }
  }

  /// A row at the start of a page whose revision is cut; the message repeats the main revision.
  private mutating func cutRow(
    at start: Int, _ bytes: RawSpan, isEnd: Bool, _ finds: inout ResidueFinds
  ) -> Outcome {
    guard finds.budget.isLeft() else { return .nothing }
    if !isEnd, bytes.byteCount - start < Self.headBytes { return .needsMore(from: start, count: Self.headBytes) }
    let mayWait = mayWait(from: start, bytes, isEnd: isEnd)
    for message in start...min(start + RevisionKey.byteCount, bytes.byteCount) {
      do throws(KeyValueRemnant.Failure) {
        let row = try KeyValueRemnant(in: reach(of: start, in: bytes).extracting(droppingFirst: message))
        guard row.keyValue.key.byte(at: 0) == UInt8(ascii: "/") else { continue }
        // All of the revision is there: the sign in it leads to the row.
        if message - start == RevisionKey.byteCount,
          (try? RevisionKey(decoding: bytes.extracting(start..<message))) != nil
        {
          return .nothing
        }
        if row.mayGoOn, mayWait { return .needsMore(from: start, count: message - start + row.byteCount + 1) }
        let following = add(row, Revision(main: row.keyValue.modRevision, sub: 0), at: message, &finds)
        // What is left of the revision is explained with it.
        return .explained(start..<(message + row.byteCount), by: .row, next: following)
      } catch {
        if error == .endsEarly, mayWait { return .needsMore(from: start) }
      }
    }
    return .nothing
  }

  /// Takes in a row whose message begins at `start`; answers where the search goes on: behind the first byte of its value,
  /// where all is known that the value is, or else there.
  private mutating func add(
    _ row: borrowing KeyValueRemnant, _ revision: Revision, at start: Int, _ finds: inout ResidueFinds
  ) -> Int {
    let value = start + row.keyValue.valueRange.lowerBound
    finds.budget.charge(row.keyValue.message.byteCount)
    if finds.add(row, revision, at: position + UInt64(start), isSlack: stretch.isSlack) {
      quote(upTo: start + row.byteCount)
    } else if !row.isCut, let count = finds.bytesOfIndifferentObject(row.keyValue.value) {
      quote(upTo: value + count)
    } else if !row.isCut, addWrapped(row.keyValue.value, at: value, &finds) {
      quote(upTo: start + row.byteCount)
    } else {
      return value
    }
    return value + 1
  }

  /// Takes in an object in scope that all of `value` is, which begins at `start`, in text that its first bytes show to be
  /// wrapped; false where it is none.
  private func addWrapped(_ value: RawSpan, at start: Int, _ finds: inout ResidueFinds) -> Bool {
    guard finds.budget.isLeft() else { return false }
    var examined = 0
    defer { finds.budget.charge(examined) }
    guard let object = ObjectRemnant(in: value, at: 0, startsValue: true, examined: &examined), object.isWrapped else {
      return false
    }
    return finds.add(object, at: position + UInt64(start), value, isSlack: stretch.isSlack)
  }

  /// Takes note that the bytes up to `end`, from where the search goes on, belong to one object.
  private mutating func quote(upTo end: Int) { quotationEnd = max(quotationEnd, position + UInt64(end)) }

  // MARK: Objects and fragments

  private mutating func object(
    at start: Int, isQuoted: Bool, _ bytes: RawSpan, isEnd: Bool, _ finds: inout ResidueFinds
  ) -> Outcome {
    if !isEnd, bytes.byteCount - start < Self.headBytes { return .needsMore(from: start, count: Self.headBytes) }
    var examined = 0
    var mayGoOn = false
    defer { finds.budget.charge(examined) }
    let object = ObjectRemnant(
      in: reach(of: start, in: bytes), at: start, examined: &examined, mayGoOn: &mayGoOn)
    if mayGoOn, mayWait(from: start, bytes, isEnd: isEnd) {
      return .needsMore(from: start, count: object?.byteCount)
    }
    guard let object else { return .nothing }
    let isInScope = finds.add(
      object, at: position + UInt64(start), bytes.extracting(start..<min(object.end, bytes.byteCount)),
      isSlack: stretch.isSlack)
    guard isInScope || !isQuoted else { return .nothing }
    let end = max(object.end, start + (object.byteCount ?? 0))
    quote(upTo: isInScope ? end : object.quotationEnd)
    return .explained(start..<end, by: .object, next: start + 4)
  }

  private func fragment(at start: Int, _ bytes: RawSpan, isEnd: Bool, _ finds: inout ResidueFinds) -> Outcome {
    let reach = RawSpan.secretSignReach
    if !isEnd, bytes.byteCount - start < reach.behind { return .needsMore(from: start, count: reach.behind) }
    finds.budget.charge(reach.behind)
    guard let range = bytes.secretSign(at: start) else { return .nothing }
    finds.addFragment(at: position + UInt64(range.lowerBound), isSlack: stretch.isSlack)
    let isEnd = bytes.byte(at: start) == 0x1A || bytes.byte(at: start) == UInt8(ascii: "}")
    return .explained(range, by: isEnd ? .endOfSecret : .sign, next: range.upperBound)
  }

  /// A trace of a Secret, of which no object could be read.
  private func trace(at start: Int, _ bytes: RawSpan, isEnd: Bool, _ finds: inout ResidueFinds) -> Outcome {
    if !isEnd, bytes.byteCount - start < SecretTrace.bytesToTell {
      return .needsMore(from: start, count: SecretTrace.bytesToTell)
    }
    var examined = 0
    var mayGoOn = false
    defer { finds.budget.charge(examined) }
    let trace = SecretTrace(
      in: reach(of: start, in: bytes), at: start, limit: finds.budget.left, examined: &examined, mayGoOn: &mayGoOn)
    if mayGoOn, mayWait(from: start, bytes, isEnd: isEnd) { return .needsMore(from: start) }
    guard let trace else { return .nothing }
    finds.addFragment(at: position + UInt64(start), isSlack: stretch.isSlack)
    return .explained(trace.range, by: .sign, next: trace.range.upperBound)
  }

  // MARK: Accounting

  /// Takes note of what explains the bytes of `range`, which lies in `bytes`.
  private mutating func explain(
    _ range: Range<Int>, by explanation: ResiduePages.Explanation, _ bytes: RawSpan, _ finds: inout ResidueFinds
  ) {
    account(upTo: range.lowerBound, bytes, &finds)
    let end = position + UInt64(range.upperBound)
    guard end > explainedEnd else { return }
    explainedEnd = end
    self.explanation = explanation
  }

  /// Accounts for the bytes before `end`, an offset in `bytes`.
  private mutating func account(upTo end: Int, _ bytes: RawSpan, _ finds: inout ResidueFinds) {
    let end = position + UInt64(end)
    while accountedEnd < end {
      while structurePassed < structure.count, structure[structurePassed].upperBound <= accountedEnd {
        structurePassed += 1
      }
      let planned = structurePassed < structure.count ? structure[structurePassed] : end..<end
      let start = accountedEnd
      if explainedEnd > start {
        accountedEnd = min(end, explainedEnd)
        finds.pages.explain(start..<accountedEnd, by: explanation)
      } else if planned.lowerBound <= start {
        accountedEnd = min(end, planned.upperBound)
        finds.pages.explain(start..<accountedEnd, by: .row)
      } else {
        accountedEnd = min(end, planned.lowerBound)
        let gap = offset(of: start)..<offset(of: accountedEnd)
        finds.pages.leave(bytes.extracting(gap), at: start)
      }
    }
  }

  /// Takes note of what the header, the elements and, of all but rows of bucket `key`, the keys and values of the first
  /// page explain.
  private mutating func explainStructure(_ bytes: RawSpan) {
    for range in PageStructure(of: bytes, order, pageSize: pageSize, pageBound: pageBound).ranges {
      structure.append((position + UInt64(range.lowerBound))..<(position + UInt64(range.upperBound)))
    }
  }
}
