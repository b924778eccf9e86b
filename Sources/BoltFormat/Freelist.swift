/// A freelist that is stored in the file (bbolt internal/common/page.go, internal/freelist/shared.go).
///
/// The page's body is an array of 8-byte page numbers, ascending. A header count of 0xFFFF is an escape: then the first
/// word holds the real count. Entries are checked, and never believed: a page is not left unread because the
/// freelist names it.
struct Freelist {
  /// The first violation of each kind.
  private(set) var errors: [BoltError] = []
  /// Distinct pages that are named.
  private var named: PageSet

  private let start: UInt64
  private let page: PageID
  private let bound: UInt64

  /// Reads the freelist of `tree`, whose pages `claims` holds, and claims the pages it lies on.
  init(of tree: Tree, _ claims: Claims) {
    named = PageSet(capacity: tree.pageBound)
    page = tree.meta.freelist
    bound = tree.pageBound
    guard page.rawValue >= 2, page.rawValue < bound else {
      start = 0
      let reference = tree.start(of: tree.metas.currentPage, plus: Meta.freelistOffset)
      errors = [
        BoltError(
          .pageOutOfBounds, page: tree.metas.currentPage, offset: reference, found: page.rawValue, bound: bound)
      ]
      return
    }
    start = tree.start(of: page).rawValue
    do throws(BoltError) {
      try read(tree, claims)
    } catch {
      note(error)
    }
  }

  private mutating func read(_ tree: Tree, _ claims: Claims) throws(BoltError) {
    let order = tree.meta.byteOrder
    var chunk: [UInt8] = []
    try tree.source.read(PageHeader.byteCount + 8, at: start, into: &chunk)
    let header = PageHeader(decoding: chunk.rawSpan, order)
    guard header.id == page else { throw failure(.pageID, at: 0, found: header.id.rawValue) }
    guard header.kind == .freelist else {
      throw failure(
        .pageKind, at: 8, found: UInt64(header.flags), bound: UInt64(PageKind.freelist.rawValue))
    }
    guard UInt64(header.overflow) < bound - page.rawValue else {
      throw failure(.overflowOutOfBounds, at: 12, found: UInt64(header.overflow), bound: bound)
    }
    guard claims.visit(page), claims.take(page, overflow: UInt64(header.overflow)) else {
      throw failure(.pageClaimedTwice, at: 0, found: 0)
    }
    let runBytes = (UInt64(header.overflow) + 1) * UInt64(tree.meta.pageSize)
    let isEscaped = header.count == PageHeader.escapeCount
    let first = UInt64(PageHeader.byteCount + (isEscaped ? 8 : 0))
    let count =
      isEscaped
      ? chunk.rawSpan.integer(at: PageHeader.byteCount, as: UInt64.self, order) : UInt64(header.count)
    guard count <= (runBytes - first) / 8 else {
      throw failure(.freelistCount, at: 10, found: count, bound: runBytes)
    }
    try readEntries(from: first, count: count, tree, claims.owned)
    let unused = bound - claims.owned.count
    if errors.isEmpty, named.count != unused {
      note(failure(.freelistIncomplete, at: 0, found: named.count, bound: unused))
    }
  }

  private mutating func readEntries(
    from first: UInt64, count: UInt64, _ tree: Tree, _ reachable: PageSet
  ) throws(BoltError) {
    let entriesAtOnce: UInt64 = 8192
    var chunk: [UInt8] = []
    var previous: UInt64 = 0
    var index: UInt64 = 0
    while index < count {
      let entries = min(count - index, entriesAtOnce)
      try tree.source.read(Int(entries) * 8, at: start + first + index * 8, into: &chunk)
      for entry in 0..<Int(entries) {
        let id = chunk.rawSpan.integer(at: entry * 8, as: UInt64.self, tree.meta.byteOrder)
        check(id, after: previous, at: first + (index + UInt64(entry)) * 8, reachable)
        previous = id
      }
      index += entries
    }
  }

  private mutating func check(_ id: UInt64, after previous: UInt64, at offset: UInt64, _ reachable: PageSet) {
    guard id >= 2, id < bound else { return note(failure(.freelistID, at: offset, found: id, bound: bound)) }
    if id <= previous { note(failure(.freelistOrder, at: offset, found: id, bound: previous)) }
    if reachable.contains(PageID(id)) { note(failure(.freelistReachable, at: offset, found: id)) }
    named.insert(PageID(id))
  }

  private mutating func note(_ error: BoltError) {
    if !errors.contains(where: { $0.code == error.code }) { errors.append(error) }
  }

  private func failure(_ code: BoltError.Code, at offset: UInt64, found: UInt64, bound: UInt64 = 0) -> BoltError {
    BoltError(code, page: page, offset: ByteOffset(start + offset), found: found, bound: bound)
  }
}
