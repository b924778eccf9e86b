import BoltFormat
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
  /// By page, the runs that are no sound pages of bucket `key`, while there is room for them.
  private(set) var retained: [UInt64: RetainedPages.Run] = [:]
  private var retainedBytes = 0
  private let retainsPages: Bool

  /// A scanner of the pages that `meta` describes, below `pageBound`, which begins with the empty `list`.
  ///
  /// - Parameter retainsPages: whether what is passed over is kept, because it can't be read again.
  init(_ meta: Meta, pageBound: UInt64, list: CandidateList, digests: KeyDigest.Maker, retainsPages: Bool) {
    self.retainsPages = retainsPages
    pageSize = meta.pageSize
    order = meta.byteOrder
    self.pageBound = pageBound
    self.list = list
    self.digests = digests
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
      if header.id.rawValue == page, page < pageBound, isCandidate(header), UInt64(header.overflow) < pageBound - page {
        let runBytes = (Int(header.overflow) + 1) * pageSize
        if runBytes > block.byteCount - offset {
          cut.append(CutRun(page: page, offset: offset, byteCount: runBytes))
        } else if runBytes <= allowance {
          allowance -= runBytes
          scan(run: block.extracting(offset..<(offset + runBytes)), header)
        }
      }
      page += 1
      offset += pageSize
    }
    return cut
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
  }

  /// Takes in one page with all of its overflow.
  mutating func scan(run: RawSpan) {
    scan(run: run, PageHeader(decoding: run, order))
  }

  private func isCandidate(_ header: PageHeader) -> Bool {
    switch header.kind {
    case .leaf, .branch: true
    case .freelist: retainsPages
    case .meta, nil: false
    }
  }

  private mutating func scan(run: RawSpan, _ header: PageHeader) {
    guard !isSoundKeyPage(run, header), retainsPages else { return }
    retain(run, header.id.rawValue)
  }

  private mutating func retain(_ run: RawSpan, _ page: UInt64) {
    keep(RetainedPages.Run(run), page)
  }

  private mutating func keep(_ run: RetainedPages.Run, _ page: UInt64) {
    guard run.bytes.count <= RetainedPages.budget - retainedBytes else { return }
    retained[page] = run
    retainedBytes += run.bytes.count
  }

  /// Takes in a page of bucket `key`; false when it is none, or not sound.
  private mutating func isSoundKeyPage(_ run: RawSpan, _ header: PageHeader) -> Bool {
    guard header.kind != .freelist, header.count > 0, header.count != PageHeader.escapeCount,
      Element.headerOffset(Int(header.count)) <= run.byteCount, header.id.rawValue <= UInt64(UInt32.max)
    else { return false }
    let children = catalog.children.count
    let marks = catalog.marks.count
    let candidates = list.candidates.count
    let isSound =
      header.flags == PageKind.leaf.rawValue ? scan(leaf: run, header) : scan(branch: run, header)
    if !isSound {
      catalog.takeBack(children: children, marks: marks)
      list.takeBack(to: candidates)
    }
    return isSound
  }

  private mutating func scan(leaf run: RawSpan, _ header: PageHeader) -> Bool {
    let count = Int(header.count)
    let start = header.id.rawValue * UInt64(pageSize)
    let candidatesStart = list.candidates.count
    let marksStart = catalog.marks.count
    var expectedStart = Element.headerOffset(count)
    var first = Revision(main: 0, sub: 0)
    var last = Revision(main: -1, sub: 0)
    var tombstones: UInt16 = 0
    var creations: UInt16 = 0
    var lastMarked: Int64 = 0
    for index in 0..<count {
      let offset = Element.headerOffset(index)
      let element = Element(leaf: run.extracting(offset..<(offset + Element.byteCount)), at: offset, order)
      guard element.flags == 0, element.keyStart == expectedStart, element.end <= run.byteCount,
        element.valueBytes <= Element.maximumValueBytes,
        let row = try? RevisionKey(decoding: run.extracting(element.keyStart..<element.valueStart)),
        last < row.revision,
        let layout = KeyValueLayout(of: run.extracting(element.valueStart..<element.end))
      else { return false }
      let message = run.extracting(element.valueStart..<element.end)
      expectedStart = element.end
      last = row.revision
      if index == 0 { (first, lastMarked) = (last, last.main) }
      if row.isTombstone {
        tombstones += 1
        list.addDeletion(of: message.extracting(layout.keyRange), last) { [digests] in digests.digest(of: $0) }
      } else {
        list.add(message, layout, last, at: start + UInt64(element.valueStart)) { [digests] in digests.digest(of: $0) }
      }
      if row.isTombstone || layout.version > 1 {
        catalog.addMark(isTombstone: row.isTombstone, distance: UInt64(last.main - lastMarked))
        lastMarked = last.main
      } else {
        creations += 1
      }
    }
    guard let first = PageCatalog.PackedRevision(first), let last = PageCatalog.PackedRevision(last),
      candidatesStart <= Int(UInt32.max), marksStart <= Int(UInt32.max)
    else { return false }
    catalog.add(
      PageCatalog.Leaf(
        first: first, last: last, overflow: header.overflow, candidatesStart: UInt32(candidatesStart),
        marksStart: UInt32(marksStart), rows: header.count, tombstones: tombstones, creations: creations),
      at: UInt32(header.id.rawValue))
    return true
  }

  private mutating func scan(branch run: RawSpan, _ header: PageHeader) -> Bool {
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
      else { return false }
      expectedStart = element.end
      last = row.revision
      catalog.add(PageCatalog.Child(page: child, fingerprint: packed.fingerprint))
    }
    catalog.add(
      PageCatalog.Branch(childrenStart: UInt32(childrenStart), overflow: header.overflow),
      at: UInt32(header.id.rawValue))
    return true
  }
}
