/// One page of the path from a bucket's root to the cursor, with as much of it in memory as is needed.
///
/// A run of at most ``windowBytes`` is held whole. Of a longer one, a window over the element table is held, and the
/// data of single elements is read when asked for: so a page that claims half the file costs no more memory than any
/// other.
struct Frame {
  /// The most bytes of a run that a frame holds.
  static let windowBytes = 65_536

  /// The page; of an inline bucket, the page that holds it.
  private(set) var page = PageID(0)
  private(set) var kind = PageKind.leaf
  private(set) var overflow: UInt32 = 0
  /// Elements on the page.
  private(set) var count = 0
  /// Where the run starts in the file.
  private(set) var start: UInt64 = 0
  /// Bytes in the run.
  private(set) var runBytes = 0
  private(set) var isInline = false

  /// Bytes of the run from ``windowStart`` on.
  private var window: [UInt8] = []
  private var windowStart = 0
  private var windowCount = 0

  /// The element the cursor takes next.
  var next = 0
  /// Where the data of the next element must start.
  var expectedStart = 0
  /// Bytes of elements that were handed on.
  var deliveredBytes = 0
  /// Whether a violation that is told once for each page was told.
  var toldNotDense = false
  var toldKeyOrder = false
  /// Where in the window the key of the element taken last lies; nil when it is kept in ``keyCopy``.
  private var keyInWindow: Range<Int>? = 0..<0
  private var keyCopy: [UInt8] = []
  /// The smallest key the page may hold, and the first it may not; without a bound, empty.
  var lowerKey: [UInt8] = []
  var upperKey: [UInt8] = []

  /// Bytes of the element table with the page header.
  var tableBytes: Int { Element.headerOffset(count) }

  /// Reads the page image at `place`.
  ///
  /// Throws when the page can't be used at all: its header is not that of a branch or leaf page at its place, its run
  /// leaves the file, or its element table leaves its run.
  mutating func load(_ place: Place, from source: any ByteSource, _ order: ByteOrder) throws(BoltError) {
    page = place.page
    start = place.start
    isInline = place.isInline
    next = 0
    deliveredBytes = 0
    toldNotDense = false
    toldKeyOrder = false
    keyInWindow = 0..<0
    runBytes = Int(place.firstBytes)
    try fill(at: 0, count: min(runBytes, Self.windowBytes), from: source)
    let header = PageHeader(decoding: window.rawSpan, order)
    overflow = header.overflow
    count = Int(header.count)
    kind = try place.check(header)
    if !isInline { runBytes = (Int(header.overflow) + 1) * runBytes }
    guard header.count != PageHeader.escapeCount else { throw failure(.elementCount, at: 10, found: count) }
    guard count > 0 || kind == .leaf else { throw failure(.emptyBranch, at: 10) }
    guard tableBytes <= runBytes else { throw failure(.elementTable, at: 10, found: count, bound: runBytes) }
    if runBytes > windowCount, runBytes <= Self.windowBytes { try fill(at: 0, count: runBytes, from: source) }
    expectedStart = tableBytes
  }

  /// The header of element `index`, which must be below ``count``.
  mutating func element(
    _ index: Int, from source: any ByteSource, _ order: ByteOrder
  ) throws(BoltError) -> Element {
    let offset = Element.headerOffset(index)
    if !holds(offset, Element.byteCount) {
      try fill(at: offset, count: min(runBytes - offset, Self.windowBytes), from: source)
    }
    let first = offset - windowStart
    let bytes = window.rawSpan.extracting(first..<(first + Element.byteCount))
    return kind == .leaf ? Element(leaf: bytes, at: offset, order) : Element(branch: bytes, at: offset, order)
  }

  /// Whether `count` bytes from `offset` of the run are in memory.
  func holds(_ offset: Int, _ count: Int) -> Bool {
    offset >= windowStart && offset - windowStart + count <= windowCount
  }

  /// Bytes that are in memory, see ``holds(_:_:)``.
  @_lifetime(borrow self)
  func bytes(_ offset: Int, _ count: Int) -> RawSpan {
    let first = offset - windowStart
    return window.rawSpan.extracting(first..<(first + count))
  }

  /// The key of the element taken last; empty before the first.
  var lastKey: RawSpan {
    @_lifetime(borrow self)
    get {
      if let keyInWindow { return window.rawSpan.extracting(keyInWindow) }
      return keyCopy.rawSpan
    }
  }

  /// Notes that `element` was taken, whose key stays in the window: the whole run is in memory.
  mutating func keepKey(of element: Element) { keyInWindow = element.keyStart..<element.valueStart }

  /// Notes that an element with this key was taken.
  mutating func keepKey(_ key: [UInt8]) {
    keyInWindow = nil
    keyCopy = key
  }

  /// Whether the whole run is in memory.
  var isWhole: Bool { windowStart == 0 && windowCount == runBytes }

  /// An error at `offset` of the page.
  func failure(_ code: BoltError.Code, at offset: Int, found: Int = 0, bound: Int = 0) -> BoltError {
    BoltError(
      code, page: page, offset: ByteOffset(start + UInt64(offset)), found: UInt64(found), bound: UInt64(bound))
  }

  /// Whether `key` lies in the range that the parent gives: the first key of a page is not below the parent's key for
  /// it, and the last does not reach the next (bbolt tx_check.go, `verifyKeyOrder`). Those between follow from the order.
  func admits(_ key: RawSpan, isFirst: Bool, isLast: Bool) -> Bool {
    if isFirst, key.precedes(lowerKey.rawSpan) { return false }
    return !isLast || upperKey.isEmpty || key.precedes(upperKey.rawSpan)
  }

  /// What the page was used for, once all its elements have been taken.
  var use: PageUse {
    PageUse(
      page: page, kind: kind, overflow: overflow, elements: count,
      usedBytes: UInt64(min(tableBytes + deliveredBytes, runBytes)))
  }

  private mutating func fill(at offset: Int, count: Int, from source: any ByteSource) throws(BoltError) {
    windowCount = 0
    try source.read(count, at: start + UInt64(offset), into: &window)
    windowStart = offset
    windowCount = count
  }
}
