import BoltFormat
import ByteViews
import EtcdStorage

/// Takes in pages of a file one by one, each understood on its own: which of them the tree refers to is not known yet.
///
/// Every position at which a page may begin is tried, and no page suppresses another. What is not sound in every respect
/// is passed over: if the tree refers to it after all, ``Tree`` reads it.
struct PageScanner: Sendable {
  private(set) var catalog = PageCatalog()
  /// The rows that may matter.
  private(set) var list: CandidateList
  /// How many bytes the runs in a block may have together for each of its own. They overlap where pages are left over, but
  /// forged ones must not make a file the more work the longer they claim to be: what goes beyond is passed over.
  private static let overlap = 8
  private let pageSize: Int
  private let order: ByteOrder
  /// The first page that no run may reach.
  private let pageBound: UInt64
  private let digests: KeyDigest.Maker
  /// By these, the keys of all rows are told apart.
  private let fingerprints = FingerprintMaker()
  /// By page, the runs that are no sound pages of bucket `key`, while there is room for them.
  private(set) var retained: [UInt64: RetainedPages.Run] = [:]
  private var retainedBytes = 0
  private let retainsPages: Bool
  /// What a block holds beside sound pages; nil where nobody asks.
  private(set) var layout: PageLayout?

  /// Whether a run is a sound page of bucket `key`.
  enum Soundness: Sendable {
    /// It is. Of what lies behind its last element, the bytes if they are not all zero; and whether something seems to begin
    /// in its overflow that is none of its rows.
    case sound(slack: Range<Int>?, isDoubtful: Bool)
    case unsound
  }

  /// A scanner of the pages that `meta` describes, below `pageBound`, which begins with the empty `list`.
  ///
  /// - Parameters:
  ///   - retainsPages: whether what is passed over is kept, because it can't be read again.
  ///   - notesLayout: whether ``layout`` is asked for.
  ///   - measuresPages: whether ``PageCatalog/measures`` are asked for.
  init(
    _ meta: Meta, pageBound: UInt64, list: CandidateList, digests: KeyDigest.Maker, retainsPages: Bool,
    notesLayout: Bool = false, measuresPages: Bool = false
  ) {
    catalog.measures = measuresPages ? PageMeasures() : nil
    self.retainsPages = retainsPages
    layout = notesLayout ? PageLayout(pageSize: meta.pageSize) : nil
    pageSize = meta.pageSize
    order = meta.byteOrder
    self.pageBound = pageBound
    self.list = list
    self.digests = digests
  }

  /// The same scanner, which has taken in nothing yet, for another thread.
  func forAnotherThread() -> PageScanner {
    var scanner = self
    scanner.list = list.forAnotherThread()
    return scanner
  }

  /// A run that begins in one block and ends in another.
  struct CutRun: Sendable {
    let page: UInt64
    /// Where in its block it begins.
    let offset: Int
    /// Bytes in the run.
    let byteCount: Int
  }

  /// Takes in the pages of `block`, which begins with page `first`; answers the runs that end beyond it.
  mutating func scan(_ block: RawSpan, from first: UInt64) -> [CutRun] {
    var cut: [CutRun] = []
    var page = first
    var offset = 0
    var allowance = Self.overlap * block.byteCount
    while block.byteCount - offset >= pageSize {
      let header = PageHeader(decoding: block.extracting(offset..<(offset + PageHeader.byteCount)), order)
      if page < 2, retainsPages { retain(block.extracting(offset..<(offset + pageSize)), page) }
      var outcome = page < 2 ? PageLayout.Outcome.sound(byteCount: pageSize) : .loose
      var soundness = Soundness.unsound
      if header.id.rawValue == page, page < pageBound, isCandidate(header), UInt64(header.overflow) < pageBound - page {
        let runBytes = (Int(header.overflow) + 1) * pageSize
        if runBytes > block.byteCount - offset {
          cut.append(CutRun(page: page, offset: offset, byteCount: runBytes))
          outcome = .cut
        } else if runBytes <= allowance {
          allowance -= runBytes
          soundness = scan(run: block.extracting(offset..<(offset + runBytes)), header)
          if case .sound = soundness { outcome = .sound(byteCount: runBytes) }
        }
      }
      if catalog.measures != nil, block.isZero(in: offset..<(offset + pageSize)) {
        catalog.measures?.add(zero: page)
      }
      if layout != nil {
        note(outcome, soundness, at: offset, isHeaded: header.id.rawValue == page && header.kind != nil)
      }
      page += 1
      offset += pageSize
    }
    layout?.noteRest(offset..<block.byteCount)
    return cut
  }

  private mutating func note(
    _ outcome: PageLayout.Outcome, _ soundness: Soundness, at offset: Int, isHeaded: Bool
  ) {
    layout?.note(outcome, at: offset, isHeaded: isHeaded)
    guard case .sound(let slack, let isDoubtful) = soundness else { return }
    if let slack { layout?.noteSlack((offset + slack.lowerBound)..<(offset + slack.upperBound), runStart: offset) }
    if isDoubtful, case .sound(let byteCount) = outcome {
      let second = offset + pageSize
      layout?.doubt(second..<(offset + byteCount))
    }
  }

  /// Takes over what `other`, which began with the same empty list, found on the pages that come next.
  mutating func join(_ other: PageScanner) {
    catalog.add(other.catalog, candidatesBefore: list.candidates.count)
    list.join(other.list)
    for (page, run) in other.retained.sorted(by: { $0.key < $1.key }) { keep(run, page) }
  }

  /// Forgets the pages and their rows. What rows had in common stays known, so that those of other pages are told sooner.
  mutating func removePages() {
    catalog.removeAll()
    list.removeRows()
    retained.removeAll()
    retainedBytes = 0
    if layout != nil { layout = PageLayout(pageSize: pageSize) }
  }

  /// Takes in one page with all of its overflow.
  mutating func scan(run: RawSpan) -> Soundness {
    scan(run: run, PageHeader(decoding: run, order))
  }

  private func isCandidate(_ header: PageHeader) -> Bool {
    switch header.kind {
    case .leaf, .branch: true
    case .freelist: retainsPages
    case .meta, nil: false
    }
  }

  private mutating func scan(run: RawSpan, _ header: PageHeader) -> Soundness {
    let impossibleRows = catalog.impossibleRows.count
    if let usedBytes = usedBytes(ofKeyPage: run, header) {
      // What none of its fields has is searched when it is known whether the page is in use.
      if retainsPages, catalog.impossibleRows.count > impossibleRows { retain(run, header.id.rawValue) }
      guard layout != nil else { return .sound(slack: nil, isDoubtful: false) }
      let slack = usedBytes..<run.byteCount
      return .sound(
        slack: run.isZero(in: slack) ? nil : slack, isDoubtful: run.byteCount > pageSize && isDoubtful(run, header))
    }
    if retainsPages { retain(run, header.id.rawValue) }
    return .unsound
  }

  /// Whether in the overflow of the sound page `run` something seems to begin that is none of its rows: then its header
  /// may be a forger's, or its overflow was written again.
  private func isDoubtful(_ run: RawSpan, _ header: PageHeader) -> Bool {
    guard header.flags == PageKind.leaf.rawValue else { return false }
    var start = pageSize
    while let sign = ResidueSign(.rowsAndProtobuf, in: run, from: start) {
      start = sign.offset + 1
      switch sign.kind {
      case .row where run.mayBeRow(at: sign.offset - 8):
        if element(of: run, header, at: sign.offset - 8).keyStart != sign.offset - 8 { return true }
      case .protobuf where run.mayBeProtobuf(at: sign.offset):
        let element = element(of: run, header, at: sign.offset)
        let message = run.extracting(element.valueStart..<max(element.valueStart, element.end))
        guard let row = try? KeyValue(decoding: message),
          element.valueStart + row.valueRange.lowerBound == sign.offset
        else { return true }
      default: break
      }
    }
    return false
  }

  /// Of the elements of the sound leaf `run`, the last that begins at or before `offset`. O(log n).
  private func element(of run: RawSpan, _ header: PageHeader, at offset: Int) -> Element {
    func element(_ index: Int) -> Element {
      let start = Element.headerOffset(index)
      return Element(leaf: run.extracting(start..<(start + Element.byteCount)), at: start, order)
    }
    var low = 0
    var high = Int(header.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if element(middle).keyStart <= offset { low = middle } else { high = middle }
    }
    return element(low)
  }

  private mutating func retain(_ run: RawSpan, _ page: UInt64) {
    keep(RetainedPages.Run(run), page)
  }

  private mutating func keep(_ run: RetainedPages.Run, _ page: UInt64) {
    let cost = run.bytes.count + RetainedPages.overhead
    guard cost <= RetainedPages.budget - retainedBytes else { return }
    retained[page] = run
    retainedBytes += cost
  }

  /// Takes in a page of bucket `key`, and answers where its last element ends; nil when it is none, or not sound.
  private mutating func usedBytes(ofKeyPage run: RawSpan, _ header: PageHeader) -> Int? {
    guard header.kind != .freelist, header.count > 0, header.count != PageHeader.escapeCount,
      Element.headerOffset(Int(header.count)) <= run.byteCount, header.id.rawValue <= UInt64(UInt32.max)
    else { return nil }
    let children = catalog.children.count
    let rows = catalog.rows.count
    let candidates = list.candidates.count
    let usedBytes =
      header.flags == PageKind.leaf.rawValue ? scan(leaf: run, header) : scan(branch: run, header)
    if usedBytes == nil {
      catalog.takeBack(children: children, rows: rows)
      list.takeBack(to: candidates)
    }
    return usedBytes
  }

  private mutating func scan(leaf run: RawSpan, _ header: PageHeader) -> Int? {
    let count = Int(header.count)
    let digests = digests
    let start = header.id.rawValue * UInt64(pageSize)
    let candidatesStart = list.candidates.count
    let rowsStart = catalog.rows.count
    var expectedStart = Element.headerOffset(count)
    var first = Revision(main: 0, sub: 0)
    var last = Revision(main: -1, sub: 0)
    var tombstones: UInt16 = 0
    var creations: UInt16 = 0
    var (valueBytes, marginBytes) = (0, 0)
    for index in 0..<count {
      let offset = Element.headerOffset(index)
      let element = Element(leaf: run.extracting(offset..<(offset + Element.byteCount)), at: offset, order)
      guard element.flags == 0, element.keyStart == expectedStart, element.end <= run.byteCount,
        element.valueBytes <= Element.maximumValueBytes,
        let row = try? RevisionKey(decoding: run.extracting(element.keyStart..<element.valueStart)),
        last < row.revision,
        let layout = KeyValueLayout(of: run.extracting(element.valueStart..<element.end))
      else { return nil }
      let message = run.extracting(element.valueStart..<element.end)
      let key = message.extracting(layout.keyRange)
      if !layout.isAsWritten(isTombstone: row.isTombstone, byteCount: message.byteCount) {
        marginBytes += note(impossible: message, row, at: start + UInt64(element.valueStart))
      }
      expectedStart = element.end
      last = row.revision
      if index == 0 { first = last }
      catalog.addRow(fingerprints.fingerprint(of: key), isTombstone: row.isTombstone)
      if row.isTombstone {
        tombstones += 1
        list.addDeletion(of: key, last) { digests.digest(of: $0) }
      } else {
        valueBytes += layout.valueRange.count
        list.add(message, layout, last, at: start + UInt64(element.valueStart)) { digests.digest(of: $0) }
      }
      if !row.isTombstone, layout.version <= 1 { creations += 1 }
      noteDoubts(key, layout, row, at: start + UInt64(element.valueStart))
    }
    guard let first = PageCatalog.PackedRevision(first), let last = PageCatalog.PackedRevision(last),
      candidatesStart <= Int(UInt32.max), rowsStart <= Int(UInt32.max)
    else { return nil }
    catalog.measures?.add(
      leaf: Self.measure(
        run, from: Element.headerOffset(count), to: expectedStart, valueBytes: valueBytes, marginBytes: marginBytes))
    catalog.add(
      PageCatalog.Leaf(
        first: first, last: last, overflow: header.overflow, candidatesStart: UInt32(candidatesStart),
        rowsStart: UInt32(rowsStart), rows: header.count, tombstones: tombstones, creations: creations),
      at: UInt32(header.id.rawValue))
    return expectedStart
  }

  /// Takes note of the places of a row, which was taken in last, in which a Secret may lie that nobody would read there.
  @inline(__always)
  private mutating func noteDoubts(_ key: RawSpan, _ layout: KeyValueLayout, _ row: RevisionKey, at offset: UInt64) {
    if RowDoubt.isIn(key: key) {
      catalog.add(ImpossibleRow(doubting: layout.keyRange, .key, row, at: offset))
    }
    if !row.isTombstone, let doubt = list.doubt {
      let start = layout.valueRange.lowerBound
      catalog.add(
        ImpossibleRow(doubting: (start + doubt.lowerBound)..<(start + doubt.upperBound), .value, row, at: offset))
    }
  }

  /// Takes note of a row that no etcd wrote, whose message begins at `offset` of the file; answers how many bytes of it none
  /// of its fields has.
  private mutating func note(impossible message: RawSpan, _ row: RevisionKey, at offset: UInt64) -> Int {
    guard let keyValue = try? KeyValue(decoding: message), let row = ImpossibleRow(keyValue, row, at: offset) else {
      return 0
    }
    catalog.add(row)
    return Int(row.marginBytes)
  }

  /// Measures a page whose rows, without gaps, lie at `start` up to `end`, where its last one ends.
  private static func measure(
    _ run: RawSpan, from start: Int, to end: Int, valueBytes: Int = 0, marginBytes: Int = 0
  ) -> PageMeasures.Page {
    var checksum = CRC32C()
    checksum.update(run.extracting(start..<end))
    return PageMeasures.Page(
      checksum: checksum.value, usedBytes: UInt32(clamping: end), valueBytes: UInt32(clamping: valueBytes),
      marginBytes: UInt32(clamping: marginBytes), isEndZero: run.isZero(in: end..<run.byteCount))
  }

  private mutating func scan(branch run: RawSpan, _ header: PageHeader) -> Int? {
    let count = Int(header.count)
    let childrenStart = catalog.children.count
    var expectedStart = Element.headerOffset(count)
    var last = Revision(main: -1, sub: 0)
    for index in 0..<count {
      let offset = Element.headerOffset(index)
      let element = Element(branch: run.extracting(offset..<(offset + Element.byteCount)), at: offset, order)
      guard element.keyStart == expectedStart, element.end <= run.byteCount, element.child.rawValue < pageBound,
        let child = UInt32(exactly: element.child.rawValue),
        let row = try? RevisionKey(decoding: run.extracting(element.keyStart..<element.end)), last < row.revision,
        let packed = PageCatalog.PackedRevision(row.revision)
      else { return nil }
      expectedStart = element.end
      last = row.revision
      catalog.add(PageCatalog.Child(page: child, fingerprint: packed.fingerprint))
    }
    catalog.measures?.add(branch: Self.measure(run, from: expectedStart, to: expectedStart))
    catalog.add(
      PageCatalog.Branch(childrenStart: UInt32(childrenStart), overflow: header.overflow),
      at: UInt32(header.id.rawValue))
    return expectedStart
  }
}

extension RawSpan {
  /// Whether the bytes at `start` are a revision and what a row's message begins with.
  fileprivate func mayBeRow(at start: Int) -> Bool {
    let end = start + RevisionKey.byteCount
    guard start >= 0, end < byteCount, let key = try? RevisionKey(decoding: extracting(start..<end)) else {
      return false
    }
    let tag = byte(at: end)
    return key.revision.main >= 1 && (tag == 0x0A || tag == UInt8(ascii: "t"))
  }

  /// Whether `k8s\0` stands at `start`.
  fileprivate func mayBeProtobuf(at start: Int) -> Bool {
    // Sound: the range is checked, and any four bytes are a UInt32.
    start + 4 <= byteCount
      && UInt32(littleEndian: unsafe unsafeLoadUnaligned(fromByteOffset: start, as: UInt32.self)) == 0x0073_386B
  }
}
