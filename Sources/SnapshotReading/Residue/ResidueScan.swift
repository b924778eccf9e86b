import BoltFormat
import ByteViews
import EtcdStorage

/// The search of all bytes that no live page may own, in one pass through a file: takes its blocks in order, with what is
/// sound in them.
struct ResidueScan: Sendable {
  private(set) var finds: ResidueFinds
  private var search: ResidueSearch
  /// Searches stretches that came whole, while another is open.
  private var wholeSearch: ResidueSearch
  /// Whether the input was not read before.
  private let isFirstReading: Bool
  private let pageSize: Int
  private let order: ByteOrder
  /// Where the pages end that were ever in use.
  private let imageBytes: UInt64
  /// The pages in use, where they are known already.
  private let owned: PageSet?
  /// Where in the file the next block begins.
  private var position: UInt64 = 0
  /// Where the run ends with whose header the open stretch began: what follows is another stretch.
  private var stretchEnd: UInt64 = .max
  /// Bytes that the run cut off by the end of the last block still claims.
  private var claimedBytes = 0
  /// Of the bytes behind the pages, the first, and those that came last and may be the SHA-256.
  private var tailHead: [UInt8] = []
  private var held: [UInt8] = []
  /// Where the bytes behind the pages end that came so far.
  private var tailEnd: UInt64

  /// A search for what `demand` asks, in a file whose pages `meta` describes, which begins with the empty `list`.
  init(
    _ meta: Meta, pageBound: UInt64, _ list: CandidateList, _ digests: KeyDigest.Maker, _ demand: ResidueDemand
  ) {
    finds = ResidueFinds(
      list, demand.scope, digests, pageSize: meta.pageSize, pageBound: pageBound, isBounded: demand.owned == nil)
    if let budget = demand.budget { finds.budget = budget }
    isFirstReading = demand.budget == nil
    owned = demand.owned
    pageSize = meta.pageSize
    order = meta.byteOrder
    imageBytes = meta.imageBytes
    tailEnd = meta.imageBytes
    search = ResidueSearch(pageSize: meta.pageSize, meta.byteOrder, pageBound: pageBound)
    wholeSearch = search
  }

  /// Takes the next block.
  ///
  /// - Parameter waiting: by where they begin in the block, the bytes of the runs that are waited for.
  mutating func take(_ block: RawSpan, _ layout: PageLayout, waiting: [Int: Int]) {
    if isFirstReading { finds.budget.add(input: block.byteCount) }
    let leading = layout.spans.first.flatMap {
      $0.range.lowerBound == 0 && $0.kind == .loose(isHeaded: false) ? $0 : nil
    }
    if leading == nil {
      search.end(&finds)
      claimedBytes = 0
    }
    for span in layout.spans {
      switch span.kind {
      case .slack(let runStart):
        searchSlack(
          block.extracting(span.range), at: position + UInt64(span.range.lowerBound),
          ofRunAt: position + UInt64(runStart))
      case .cut:
        guard let byteCount = waiting[span.range.lowerBound] else {
          takeLoose(block, span.range, isHeaded: true)
          continue
        }
        if span.range.upperBound == block.byteCount { claimedBytes = byteCount - span.range.count }
      case .loose(let isHeaded):
        var range = span.range
        if range.lowerBound == 0, !isHeaded, claimedBytes > 0 {
          let claimed = min(claimedBytes, range.count)
          claimedBytes = claimed == block.byteCount ? claimedBytes - claimed : 0
          range = claimed..<range.upperBound
        }
        takeLoose(block, range, isHeaded: isHeaded)
      }
    }
    position += UInt64(block.byteCount)
  }

  /// Takes a run whose bytes have come, and which begins at `page`.
  mutating func take(run: RawSpan, page: UInt64, _ soundness: PageScanner.Soundness) {
    var byteCount = pageSize
    while byteCount < run.byteCount, !isHeaded(run, at: byteCount, page) { byteCount += pageSize }
    let own = run.extracting(first: min(byteCount, run.byteCount))
    let offset = page * UInt64(pageSize)
    switch soundness {
    case .sound(let slack, let isDoubtful):
      if let slack {
        searchSlack(run.extracting(slack), at: offset + UInt64(slack.lowerBound), ofRunAt: offset)
      }
      guard isDoubtful, own.byteCount > pageSize else { return }
      searchUnowned(own.extracting(droppingFirst: pageSize), at: offset + UInt64(pageSize), isHeaded: false)
    case .unsound:
      searchUnowned(own, at: offset, isHeaded: true)
    }
  }

  /// Ends the search of a file of which `trailer` tells where the SHA-256 begins, if there is one or what is left of one.
  mutating func finish(trailer: UInt64?) {
    if !held.isEmpty {
      let last = held
      if trailer != tailEnd - UInt64(last.count), search.isOpen { search.append(last.rawSpan, &finds) }
    }
    search.end(&finds)
    let headEnd = imageBytes + UInt64(tailHead.count)
    // What was taken for a SHA-256 while it came, and is none.
    let isTrailer = trailer == imageBytes || trailer.map { $0 < headEnd } ?? false
    if !isTrailer, tailHead.contains(where: { $0 != 0 }) { finds.pages.doubt(imageBytes / UInt64(pageSize)) }
  }

  /// Searches what lies behind the last element of the sound run that begins at `runStart` of the file.
  private mutating func searchSlack(_ bytes: RawSpan, at offset: UInt64, ofRunAt runStart: UInt64) {
    finds.note(RunSlack(page: runStart / UInt64(pageSize), range: offset..<(offset + UInt64(bytes.byteCount))))
    wholeSearch.search(bytes, at: offset, isHeaded: false, isSlack: true, &finds)
  }

  private func isHeaded(_ run: RawSpan, at offset: Int, _ page: UInt64) -> Bool {
    guard run.byteCount - offset >= PageHeader.byteCount else { return false }
    let header = PageHeader(decoding: run.extracting(offset..<(offset + PageHeader.byteCount)), order)
    return header.id.rawValue == page + UInt64(offset / pageSize) && header.kind != nil
  }

  // MARK: Stretches

  /// Takes bytes of pages that are not sound.
  private mutating func takeLoose(_ block: RawSpan, _ range: Range<Int>, isHeaded: Bool) {
    guard !range.isEmpty else { return }
    let start = position + UInt64(range.lowerBound)
    let inImage = start >= imageBytes ? 0 : Int(min(UInt64(range.count), imageBytes - start))
    if inImage > 0 { takeImage(block, range.prefix(inImage), isHeaded: isHeaded) }
    if inImage < range.count { takeTail(block.extracting(range.dropFirst(inImage))) }
  }

  /// Takes bytes below the high-water mark; where the pages in use are known, those of the others.
  private mutating func takeImage(_ block: RawSpan, _ range: Range<Int>, isHeaded: Bool) {
    guard let owned else { return take(block, range, isHeaded: isHeaded) }
    var start = range.lowerBound
    var isHeaded = isHeaded
    while start < range.upperBound {
      var end = start
      while end < range.upperBound, !owned.contains(page(at: end)) { end = min(end + pageSize, range.upperBound) }
      if end > start { take(block, start..<end, isHeaded: isHeaded) }
      start = min(end + pageSize, range.upperBound)
      isHeaded = false
      if start < range.upperBound || end < range.upperBound { search.end(&finds) }
    }
  }

  private func page(at offset: Int) -> PageID { PageID((position + UInt64(offset)) / UInt64(pageSize)) }

  /// Takes bytes of one stretch, which goes on where the block does.
  private mutating func take(_ block: RawSpan, _ range: Range<Int>, isHeaded: Bool) {
    let start = position + UInt64(range.lowerBound)
    if !search.isOpen || isHeaded || range.lowerBound > 0 || start >= stretchEnd {
      search.end(&finds)
      search.begin(at: start, isHeaded: isHeaded, &finds)
      stretchEnd = isHeaded ? runEnd(block.extracting(range), start) : .max
    }
    let own = range.prefix(Int(min(UInt64(range.count), stretchEnd - start)))
    search.append(block.extracting(own), &finds)
    if own.count < range.count { return take(block, range.dropFirst(own.count), isHeaded: false) }
    if range.upperBound < block.byteCount { search.end(&finds) }
  }

  /// Where the run ends whose header `bytes` begin with, at `start` of the file; nowhere, if that is beyond the last page.
  private func runEnd(_ bytes: RawSpan, _ start: UInt64) -> UInt64 {
    guard bytes.byteCount >= PageHeader.byteCount else { return .max }
    let overflow = UInt64(PageHeader(decoding: bytes.extracting(first: PageHeader.byteCount), order).overflow)
    let (end, overflows) = start.addingReportingOverflow((overflow + 1) * UInt64(pageSize))
    return overflows || end > imageBytes ? .max : end
  }

  private mutating func searchUnowned(_ bytes: RawSpan, at offset: UInt64, isHeaded: Bool) {
    if let owned, owned.contains(PageID(offset / UInt64(pageSize))) { return }
    wholeSearch.search(bytes, at: offset, isHeaded: isHeaded, &finds)
  }

  /// Takes bytes beyond the high-water mark. The last of them may be the SHA-256, and so may be the first.
  private mutating func takeTail(_ bytes: RawSpan) {
    let trailerBytes = Int(Trailer.byteCount)
    if tailHead.isEmpty { search.end(&finds) }
    tailHead.append(bytes.extracting(first: min(bytes.byteCount, trailerBytes - tailHead.count)))
    var waiting: [UInt8] = []
    swap(&waiting, &held)
    waiting.append(bytes)
    tailEnd += UInt64(bytes.byteCount)
    let surplus = waiting.count - trailerBytes
    if surplus > 0 {
      if !search.isOpen {
        // Pages beyond the high-water mark may have headers too, at which a block begins.
        search.begin(at: tailEnd - UInt64(waiting.count), isHeaded: false, &finds)
        if tailHead.contains(where: { $0 != 0 }) { search.explain(upTo: imageBytes + Trailer.byteCount) }
      }
      search.append(waiting.rawSpan.extracting(first: surplus), &finds)
      waiting.removeFirst(surplus)
    }
    held = waiting
  }
}
