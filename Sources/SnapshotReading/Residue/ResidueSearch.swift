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
  /// Bytes behind a trace of a Secret that suffice to tell whether it is one: in UTF-32, its other members lie farthest.
  private static let traceBytes = 16 << 10
  /// Bytes before the place where the search goes on that are kept: what tells of a sign may lie there.
  private static let bytesKept = max(RawSpan.secretSignReach.before, 4096)
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
    /// More bytes must come, behind those from an offset on: so many from there, or twice as many as there are.
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
      guard isEnd || bytes.byteCount >= min(pageSize, Self.headBytes) else { return 0 }
      isBegun = true
      if stretch.isHeaded { explainStructure(bytes) }
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
        guard isEnd || bytes.byteCount - pageStart >= Self.headBytes else {
          // No sign lies before the page's first byte, and none before the last byte that came.
          next = position + UInt64(max(offset, pageStart))
          return keep(from: pageStart, bytes, &finds)
        }
        border += UInt64(pageSize)
        guard !stretch.isSlack, explainedEnd <= position + UInt64(pageStart),
          let (range, following) = cutRow(at: pageStart, bytes, &finds)
        else { continue }
        explain(range, by: .row, bytes, &finds)
        offset = max(offset, following)
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
        let available = bytes.byteCount - start
        guard !isEnd, available < Self.longestObject else {
          offset = sign.offset + 1
          continue
        }
        // Whoever waits for twice as much each time examines no more than twice as much in all.
        wanted = start + min(max(count ?? 2 * available, available + 1), Self.longestObject)
        next = position + UInt64(sign.offset)
        return keep(from: start, bytes, &finds)
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

  /// Keeps the bytes from `start` on, and as many before as may belong to what begins there.
  private mutating func keep(from start: Int, _ bytes: RawSpan, _ finds: inout ResidueFinds) -> Int {
    let decided = max(0, start - Self.bytesKept)
    account(upTo: decided, bytes, &finds)
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
    let rest = bytes.extracting(messageStart..<bytes.byteCount)
    do throws(KeyValueRemnant.Failure) {
      if isTombstone {
        let count = try KeyValueRemnant.tombstoneBytes(in: rest)
        // Its length may be a lie: what it covers is searched like anything else.
        return .explained(start..<(messageStart + count), by: .row, next: messageStart)
      }
      let row = try KeyValueRemnant(in: rest)
      if row.isCut, !isEnd, row.byteCount <= Self.longestObject - RevisionKey.byteCount {
        return .needsMore(from: start, count: RevisionKey.byteCount + row.byteCount)
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

  /// A row at the start of a page whose revision is cut, and where the search goes on; the message repeats the main
  /// revision.
  private mutating func cutRow(
    at start: Int, _ bytes: RawSpan, _ finds: inout ResidueFinds
  ) -> (range: Range<Int>, next: Int)? {
    for message in start...min(start + RevisionKey.byteCount, bytes.byteCount) {
      guard let row = try? KeyValueRemnant(in: bytes.extracting(message..<bytes.byteCount)),
        row.keyValue.key.byte(at: 0) == UInt8(ascii: "/")
      else { continue }
      // All of the revision is there: the sign in it leads to the row.
      if message - start == RevisionKey.byteCount,
        (try? RevisionKey(decoding: bytes.extracting(start..<message))) != nil
      {
        return nil
      }
      guard finds.budget.isLeft() else { return nil }
      let following = add(row, Revision(main: row.keyValue.modRevision, sub: 0), at: message, &finds)
      // What is left of the revision is explained with it.
      return (start..<(message + row.byteCount), following)
    }
    return nil
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
    if !isEnd, let count = ObjectRemnant.bytesToTell(in: bytes, at: start), count <= Self.longestObject,
      bytes.byteCount - start < count
    {
      return .needsMore(from: start, count: count)
    }
    var examined = 0
    defer { finds.budget.charge(examined) }
    guard let object = ObjectRemnant(in: bytes, at: start, examined: &examined) else { return .nothing }
    if object.isCut, !isEnd, object.byteCount ?? 0 <= Self.longestObject, bytes.byteCount - start < Self.longestObject {
      return .needsMore(from: start, count: object.byteCount)
    }
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
    if !isEnd, bytes.byteCount - start < Self.traceBytes { return .needsMore(from: start, count: Self.traceBytes) }
    var examined = 0
    defer { finds.budget.charge(examined) }
    guard let trace = SecretTrace(in: bytes, at: start, limit: finds.budget.left, examined: &examined) else {
      return .nothing
    }
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
      if explainedEnd > accountedEnd || planned.lowerBound <= accountedEnd {
        let stop = min(end, max(explainedEnd, planned.lowerBound <= accountedEnd ? planned.upperBound : 0))
        finds.pages.explain(accountedEnd..<stop, by: explainedEnd > accountedEnd ? explanation : .row)
        accountedEnd = stop
      } else {
        let stop = min(end, planned.lowerBound)
        let gap = offset(of: accountedEnd)..<offset(of: stop)
        finds.pages.leave(bytes.extracting(gap), at: accountedEnd)
        accountedEnd = stop
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
