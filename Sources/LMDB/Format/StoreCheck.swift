import ByteViews

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Holds the pages of one state of a store against what LMDB writes, by reading and not by mapping them.
///
/// LMDB trusts what it maps: a page that was overwritten, or is missing, kills the process that meets it. A store that passed
/// ``checkAll()`` can be read by LMDB without that, whatever its bytes are.
///
/// The rule that all rests on (mdb.c, `MDB_page`): each page from 2 to the last is reached exactly once, either by a tree or by
/// a list of free pages. Pages at the end that are free may never have been written; the file is shorter by them.
struct StoreCheck {
  /// What the entries of a tree are.
  private enum Content {
    /// Lists of free pages, by the transaction that left them.
    case freePages
    /// The records of the tables, by name.
    case tables
    /// Keys and values of a table.
    case entries
  }

  private let file: StoreFile
  private let head: StoreHead
  private var meta: StoreMeta { head.current }
  /// Bytes in the file, asked for after the meta pages were read: they grow before a meta page says so.
  private let fileBytes: UInt64
  /// The pages below this are in the file.
  private let pagesInFile: UInt64

  private var claims: PageClaims
  private var freeBeyondFile: Set<UInt64> = []
  private var freeCount: UInt64 = 0
  private var tables: [StoreTree] = []
  /// The greatest key of the tree of the free pages: the last transaction that left some.
  private var lastFreeing: UInt64 = 0
  /// The pages above the one that is looked at.
  private var path: [UInt64] = []

  /// A check of the state that `head` describes, which was read from `file`.
  init(_ file: StoreFile, _ head: StoreHead) {
    self.file = file
    self.head = head
    fileBytes = file.byteCount
    pagesInFile = min(head.current.lastPage + 1, fileBytes / UInt64(head.current.pageBytes))
    claims = PageClaims(bound: max(2, pagesInFile))
    _ = claims.take(0)
    _ = claims.take(1)
  }

  /// Reads the meta pages of `file`, and checks them and what is read before the tables.
  ///
  /// What another process commits meanwhile is no damage: it is tried again until nothing was.
  static func head(of file: StoreFile) throws(LMDBError) -> StoreHead {
    // Both meta pages, whatever the size of pages is.
    let byteCount = (StoreMeta.pageSizes.last ?? 0) + StoreMeta.byteCount
    var last: [UInt8]?
    for attempt in 0..<attempts {
      pause(before: attempt)
      let bytes = try file.bytes(byteCount, at: 0)
      do throws(LMDBError) {
        let head = try StoreHead(reading: file)
        var check = StoreCheck(file, head)
        try check.checkTop()
        return head
      } catch {
        guard bytes != last else { throw error }
        last = bytes
      }
    }
    throw .busy
  }

  /// How often something is tried that another process can be in the way of: for some seconds in all.
  static let attempts = 100

  /// Waits before something is tried again.
  static func pause(before attempt: Int) {
    if attempt > 0 { usleep(UInt32(attempt) * 1000) }
  }

  // MARK: What is checked

  /// Checks what is read before the tables: the lists of free pages, the records of the tables, and the pages that those name.
  ///
  /// O(free pages + tables). Throws ``LMDBError/cut(bytes:needed:)`` where a page is not in the file that is not free.
  mutating func checkTop() throws(LMDBError) {
    try checkTrees()
    for table in tables { try checkRoot(of: table) }
  }

  /// Checks every page and entry; answers how many pages are for what. O(file), with 1 byte of memory for 8 pages.
  mutating func checkAll() throws(LMDBError) -> PageCounts {
    try checkTrees()
    for table in tables { try walk(table, .entries) }
    if let lost = claims.firstFree(from: 2) { throw damage(.pageLost, lost) }
    return PageCounts(inUse: meta.lastPage + 1 - freeCount, free: freeCount)
  }

  private mutating func checkTrees() throws(LMDBError) {
    try walk(meta.freeTree, .freePages)
    try checkLastFreeing()
    guard meta.lastPage + 1 - pagesInFile == UInt64(freeBeyondFile.count) else { throw cut(meta.lastPage + 1) }
    try walk(meta.mainTree, .tables)
  }

  /// Whoever changes a tree writes its root anew, and leaves the old one: so each transaction after the first is in the tree of
  /// the free pages. This tells an older state from the newest, and the trees of one from those of the other.
  private func checkLastFreeing() throws(LMDBError) {
    let isFirst = meta.transaction < 2 || head.previous.mainTree.root == nil
    guard lastFreeing == meta.transaction || isFirst && lastFreeing <= meta.transaction else {
      throw damage(.metaTransactions, head.currentPage)
    }
  }

  private mutating func checkRoot(of table: StoreTree) throws(LMDBError) {
    guard let root = table.root else { return }
    try claim(root, 1)
    _ = try page(root, .entries, isLeaf: table.counts.depth == 1)
  }

  // MARK: Trees

  /// Visits every page of a tree, and holds what was found against what its record counts.
  private mutating func walk(_ tree: StoreTree, _ content: Content) throws(LMDBError) {
    guard let root = tree.root else { return }
    var counts = StoreTree.Counts(depth: tree.counts.depth)
    try visit(root, level: 1, from: [], to: nil, content, &counts)
    guard counts == tree.counts else { throw damage(.treeCounts, root) }
  }

  /// Visits a page, whose keys are to be `lower` or greater, and less than `upper`, and all below it.
  private mutating func visit(
    _ number: UInt64, level: UInt16, from lower: [UInt8], to upper: [UInt8]?, _ content: Content,
    _ counts: inout StoreTree.Counts
  ) throws(LMDBError) {
    try claim(number, 1)
    let isLeaf = level == counts.depth
    let (page, nodes) = try page(number, content, isLeaf: isLeaf)
    try checkOrder(of: nodes, page, number, from: lower, to: upper, content, isLeaf: isLeaf)
    guard !isLeaf else {
      counts.leafPages += 1
      counts.entries += UInt64(nodes.count)
      for node in nodes { try visit(node, page, number, content, &counts) }
      return
    }
    counts.branchPages += 1
    path.append(number)
    for (index, node) in nodes.enumerated() {
      let first = index == 0 ? lower : Array(page.bytes[node.key])
      let next = index + 1 < nodes.count ? Array(page.bytes[nodes[index + 1].key]) : upper
      try visit(node.child, level: level + 1, from: first, to: next, content, &counts)
    }
    path.removeLast()
  }

  /// The page `number` of a tree, and its entries, each of which lies in it.
  private func page(
    _ number: UInt64, _ content: Content, isLeaf: Bool
  ) throws(LMDBError) -> (StorePage, [StorePage.Node]) {
    let page = try read(number)
    guard let kind = page.kind, kind == .leaf || kind == .branch else { throw damage(.pageKind, number) }
    guard kind == (isLeaf ? .leaf : .branch) else { throw damage(.treeDepth, number) }
    // LMDB aborts where a branch has one child, unless it is one of the free pages' (mdb.c, mdb_page_search_root).
    guard let count = page.nodeCount, count >= (isLeaf || content == .freePages ? 1 : 2) else {
      throw damage(.nodeTable, number)
    }
    var nodes: [StorePage.Node] = []
    nodes.reserveCapacity(count)
    for index in 0..<count {
      guard let node = page.node(index) else { throw damage(.nodeBounds, number) }
      nodes.append(node)
    }
    return (page, nodes)
  }

  // MARK: Entries

  /// Checks that keys ascend inside the bounds that the page above gives. The first key of a branch is not used.
  private func checkOrder(
    of nodes: [StorePage.Node], _ page: StorePage, _ number: UInt64, from lower: [UInt8], to upper: [UInt8]?,
    _ content: Content, isLeaf: Bool
  ) throws(LMDBError) {
    let bytes = page.bytes.rawSpan
    var last = lower.rawSpan
    for (index, node) in nodes.enumerated() where isLeaf || index > 0 {
      let key = bytes.extracting(node.key)
      guard content == .freePages ? key.byteCount == 8 : 1...LMDBError.maximumKeyBytes ~= key.byteCount else {
        throw damage(.nodeTable, number)
      }
      // The first may be the bound itself.
      let isFirst = index == (isLeaf ? 0 : 1)
      guard isFirst ? !precedes(key, last, content) : precedes(last, key, content) else {
        throw damage(.keyOrder, number)
      }
      last = key
    }
    guard let upper else { return }
    guard precedes(last, upper.rawSpan, content) else { throw damage(.keyOrder, number) }
  }

  private func precedes(_ first: RawSpan, _ second: RawSpan, _ content: Content) -> Bool {
    guard content == .freePages else { return first.precedes(second) }
    // No bound is less than all numbers.
    guard !second.isEmpty else { return false }
    guard !first.isEmpty else { return true }
    // Sound: both have eight bytes, which are checked before they get here.
    return unsafe first.unsafeLoadUnaligned(as: UInt64.self) < second.unsafeLoadUnaligned(as: UInt64.self)
  }

  /// Takes in one entry of a leaf.
  private mutating func visit(
    _ node: StorePage.Node, _ page: StorePage, _ number: UInt64, _ content: Content, _ counts: inout StoreTree.Counts
  ) throws(LMDBError) {
    let isLong = node.options == StorePage.Node.isLong
    guard isLong && content != .tables || node.options == (content == .tables ? StorePage.Node.isTable : 0) else {
      throw damage(.nodeFlags, number)
    }
    var overflow: UInt64?
    if isLong {
      overflow = page.overflowPage(of: node)
      counts.overflowPages += try claimOverflow(page.overflowPage(of: node), valueBytes: node.valueBytes)
    }
    switch content {
    case .entries: break
    case .tables:
      guard node.valueBytes == StoreTree.byteCount else { throw damage(.tableRecord, number) }
      let tree = StoreTree(page.bytes, at: node.key.upperBound)
      guard tree.options == 0, tree.padding == 0, tree.isPossible(lastPage: meta.lastPage) else {
        throw damage(.tableRecord, number)
      }
      tables.append(tree)
    case .freePages:
      let value: [UInt8]
      if let overflow {
        value = try file.bytes(
          node.valueBytes, at: overflow * UInt64(meta.pageBytes) + UInt64(StoreMeta.headerBytes))
      } else {
        value = Array(page.bytes[node.key.upperBound..<node.key.upperBound + node.valueBytes])
      }
      try takeFreePages(value, by: page.bytes.integer(at: node.key.lowerBound), on: number)
    }
  }

  /// Takes in a list of free pages: how many, then each, the greatest first (midl.h).
  private mutating func takeFreePages(
    _ list: [UInt8], by transaction: UInt64, on number: UInt64
  ) throws(LMDBError) {
    let width = 8
    guard list.count >= width, 1...meta.transaction ~= transaction else { throw damage(.freeList, number) }
    lastFreeing = transaction
    let count: UInt64 = list.integer(at: 0)
    // Room behind them is not used.
    guard count <= UInt64(list.count / width - 1) else { throw damage(.freeList, number) }
    var last = UInt64.max
    for index in 0..<Int(count) {
      let page: UInt64 = list.integer(at: width * (index + 1))
      guard page < last, page >= 2, page <= meta.lastPage else { throw damage(.freeList, number) }
      last = page
      let isNew = page < pagesInFile ? claims.take(page) : freeBeyondFile.insert(page).inserted
      guard isNew else { throw damage(.pageTwice, page) }
      freeCount += 1
    }
  }

  // MARK: Pages

  /// Claims the overflow pages that hold a value of so many bytes behind the header of the first; answers how many they are.
  private mutating func claimOverflow(_ number: UInt64, valueBytes: Int) throws(LMDBError) -> UInt64 {
    try claim(number, 1)
    let page = try read(number)
    guard page.kind == .overflow else { throw damage(.pageKind, number) }
    // LMDB keeps a longer run for a shorter value (mdb.c, mdb_cursor_put).
    let needed = UInt64((StoreMeta.headerBytes - 1 + valueBytes) / meta.pageBytes + 1)
    guard page.overflowPages >= needed else { throw damage(.overflowPages, number) }
    if page.overflowPages > 1 { try claim(number + 1, page.overflowPages - 1) }
    return page.overflowPages
  }

  /// Claims `count` pages from `number` on, and throws where one is not in the file, or claimed already.
  private mutating func claim(_ number: UInt64, _ count: UInt64) throws(LMDBError) {
    guard number >= 2, number <= meta.lastPage, count <= meta.lastPage + 1 - number else {
      throw damage(.pageBeyondEnd, number)
    }
    guard number + count <= pagesInFile else { throw cut(number + count) }
    for page in number..<number + count {
      guard claims.take(page) else { throw damage(.pageTwice, page) }
    }
  }

  /// The bytes of page `number`, which is in the file, and carries that number.
  private func read(_ number: UInt64) throws(LMDBError) -> StorePage {
    let bytes = try file.bytes(meta.pageBytes, at: number * UInt64(meta.pageBytes))
    guard bytes.count == meta.pageBytes else { throw cut(number + 1) }
    let page = StorePage(bytes: bytes)
    guard page.number == number else { throw damage(.pageNumber, number) }
    return page
  }

  private func cut(_ pages: UInt64) -> LMDBError {
    .cut(bytes: fileBytes, needed: pages * UInt64(meta.pageBytes))
  }

  private func damage(_ kind: StoreDamage.Kind, _ page: UInt64) -> LMDBError {
    .damaged(StoreDamage(kind, page: page, path: path))
  }
}
