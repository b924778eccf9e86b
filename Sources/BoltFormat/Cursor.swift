/// Walks the rows of one bucket in key order, forward, from the start or from a key.
///
/// Sub-buckets are elements like others: see ``isBucket``. A page that can't be read is reported and stepped over.
/// Nothing is allocated for a row; memory is bounded by the depth of the tree and one element.
public struct Cursor: ~Copyable {
  private let tree: Tree
  private let bucket: Bucket
  private let claims: Claims
  /// The page the cursor is on, when ``depth`` is not 0.
  private var frame = Frame()
  /// The pages above it are `parents[0 ..< depth - 1]`; the frames behind them wait to be used again.
  private var parents: [Frame] = []
  private var depth = 0
  private var started = false
  /// The depth of the first leaf met: all leaves of a tree stand at the same.
  private var leafDepth: Int?
  /// The element the cursor stands on, and its bytes when they are not in the frame.
  private var current: Element?
  private var elementBytes: [UInt8] = []
  private var currentIsInFrame = true

  init(tree: Tree, bucket: Bucket, claims: Claims) {
    self.tree = tree
    self.bucket = bucket
    self.claims = claims
  }

  /// What the cursor meets beside rows.
  enum Event {
    case violation(BoltError)
    case finished(PageUse)
  }

  private var order: ByteOrder { tree.meta.byteOrder }

  // MARK: Moving

  /// Moves to the next row; false at the end. `report` is told of every violation on the way.
  public mutating func next(report: (BoltError) -> Void) -> Bool {
    advance { event in
      if case .violation(let error) = event { report(error) }
    }
  }

  /// Moves to the next row; false at the end. `tell` is told of every violation, and of every page that ends.
  mutating func advance(_ tell: (Event) -> Void) -> Bool {
    current = nil
    if !started {
      started = true
      descendToRoot(tell)
    }
    while depth > 0 {
      guard frame.next < frame.count else {
        leavePage(tell)
        continue
      }
      do throws(BoltError) {
        let element = try takeElement(tell)
        guard frame.kind == .leaf else {
          try descend(through: element)
          continue
        }
        current = element
        return true
      } catch {
        tell(.violation(error))
      }
    }
    return false
  }

  /// Moves to the first row whose key is `key` or comes after it; false when there is none.
  ///
  /// O(depth) pages in an undamaged file. On pages whose keys are out of order it finds some such row.
  public mutating func seek(to key: RawSpan, report: (BoltError) -> Void) -> Bool {
    let tell = { (event: Event) in
      if case .violation(let error) = event { report(error) }
    }
    started = true
    depth = 0
    leafDepth = nil
    claims.removeAll()
    descendToRoot(tell)
    while depth > 0, frame.kind == .branch {
      let level = depth
      do throws(BoltError) {
        try skip(before: key)
        try descend(through: try takeElement(tell))
      } catch {
        report(error)
      }
      // The child was refused: go on with the elements after it.
      if depth == level { break }
    }
    while advance(tell) {
      if !row.key.precedes(key) { return true }
    }
    return false
  }

  /// Passes over the elements of a branch page before the last one whose key is `key` or comes before it.
  private mutating func skip(before key: RawSpan) throws(BoltError) {
    var low = 0
    var high = frame.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      let element = try frame.element(middle, from: tree.source, order)
      try checkBounds(of: element, headerOffset: Element.headerOffset(middle))
      try loadBytes(of: element)
      if key.precedes(bytes(of: element).extracting(first: element.keyBytes)) {
        high = middle - 1
      } else {
        low = middle
      }
    }
    guard low > 0 else { return }
    frame.next = low
    frame.expectedStart = try frame.element(low - 1, from: tree.source, order).end
  }

  // MARK: The current row

  /// The row the cursor stands on. Traps before the first and after the last.
  public var row: Row {
    @_lifetime(borrow self)
    get {
      guard let current else { preconditionFailure("the cursor stands on no row") }
      let bytes = bytes(of: current)
      return Row(
        key: bytes.extracting(first: current.keyBytes), value: bytes.extracting(droppingFirst: current.keyBytes),
        page: frame.page, keyOffset: ByteOffset(frame.start + UInt64(current.keyStart)))
    }
  }

  /// Whether the current row's value is a bucket.
  public var isBucket: Bool { current?.isBucket ?? false }

  /// The bucket that the current row's value describes.
  ///
  /// Throws when the value is too short, its page image is shorter than a page header, or it is nested too deep. Its
  /// root is checked when a cursor goes there.
  public func childBucket() throws(BoltError) -> Bucket {
    let row = row
    func failure(_ code: BoltError.Code, found: UInt64, bound: Int) -> BoltError {
      BoltError(code, page: row.page, offset: row.valueOffset, found: found, bound: UInt64(bound))
    }
    let byteCount = row.value.byteCount
    guard byteCount >= Bucket.headerBytes else {
      throw failure(.bucketValue, found: UInt64(byteCount), bound: Bucket.headerBytes)
    }
    guard bucket.nesting < Tree.maximumNesting else {
      throw failure(.bucketNesting, found: 0, bound: Tree.maximumNesting)
    }
    let rootPage = row.value.integer(at: 0, as: UInt64.self, order)
    var root = Bucket.Root.page(PageID(rootPage))
    if rootPage == 0 {
      let imageBytes = byteCount - Bucket.headerBytes
      guard imageBytes >= PageHeader.byteCount else {
        throw failure(.bucketValue, found: UInt64(byteCount), bound: Bucket.headerBytes + PageHeader.byteCount)
      }
      let image = ByteOffset(row.valueOffset.rawValue + UInt64(Bucket.headerBytes))
      root = .inline(offset: image, byteCount: UInt64(imageBytes))
    }
    return Bucket(
      name: Array(copying: row.key), root: root, sequence: row.value.integer(at: 8, as: UInt64.self, order),
      nesting: bucket.nesting + 1, page: row.page, offset: row.valueOffset)
  }

  /// Gives back the memory of the current row, before the bucket in it is walked: nested ones must not add up.
  mutating func leaveRow() {
    current = nil
    elementBytes = []
  }

  func holdsKey(_ key: RawSpan) -> Bool {
    let own = row.key
    return !own.precedes(key) && !key.precedes(own)
  }

  /// An error at the current row's key.
  func failure(_ code: BoltError.Code) -> BoltError {
    BoltError(code, page: row.page, offset: row.keyOffset)
  }

  // MARK: Pages

  private mutating func descendToRoot(_ tell: (Event) -> Void) {
    do throws(BoltError) {
      switch bucket.root {
      case .page(let page): try enter(page, from: bucket.page, at: bucket.offset, lower: [], upper: [])
      case .inline(let offset, let byteCount):
        let place = Place(inlineAt: offset, byteCount: byteCount, in: bucket.page)
        try push(place, lower: [], upper: [])
      }
    } catch {
      tell(.violation(error))
    }
  }

  /// Goes down to the child of the branch element that was taken last.
  private mutating func descend(through element: Element) throws(BoltError) {
    let index = frame.next - 1
    let upper = try nextBranchKey() ?? frame.upperKey
    // The child's number is the second half of the element's header.
    let reference = ByteOffset(frame.start + UInt64(Element.headerOffset(index) + 8))
    try enter(
      element.child, from: frame.page, at: reference, lower: Array(copying: frame.lastKey), upper: upper)
  }

  /// The key of the branch element after the one taken last; nil when there is none, or none that can be read.
  private mutating func nextBranchKey() throws(BoltError) -> [UInt8]? {
    guard frame.next < frame.count else { return nil }
    let element = try frame.element(frame.next, from: tree.source, order)
    guard element.keyBytes <= Element.maximumKeyBytes, isInBounds(element) else { return nil }
    try loadBytes(of: element)
    return Array(copying: bytes(of: element))
  }

  /// Goes to `page`, to which `parent` refers at `reference`.
  private mutating func enter(
    _ page: PageID, from parent: PageID, at reference: ByteOffset, lower: [UInt8], upper: [UInt8]
  ) throws(BoltError) {
    guard page.rawValue >= 2, page.rawValue < tree.pageBound else {
      throw BoltError(.pageOutOfBounds, page: parent, offset: reference, found: page.rawValue, bound: tree.pageBound)
    }
    guard depth < Tree.maximumDepth else {
      throw BoltError(.treeTooDeep, page: page, offset: tree.start(of: page), bound: UInt64(Tree.maximumDepth))
    }
    guard claims.visit(page) else { throw claimedTwice(page) }
    try push(Place(page: page, pageSize: tree.meta.pageSize, bound: tree.pageBound), lower: lower, upper: upper)
  }

  private func claimedTwice(_ page: PageID) -> BoltError {
    BoltError(.pageClaimedTwice, page: page, offset: tree.start(of: page))
  }

  private mutating func push(_ place: Place, lower: [UInt8], upper: [UInt8]) throws(BoltError) {
    if depth > 0 {
      if parents.count < depth { parents.append(Frame()) }
      swap(&frame, &parents[depth - 1])
    }
    depth += 1
    do throws(BoltError) {
      try frame.load(place, from: tree.source, order)
      if !place.isInline, !claims.take(place.page, overflow: UInt64(frame.overflow)) {
        throw claimedTwice(place.page)
      }
    } catch {
      pop()
      throw error
    }
    frame.lowerKey = lower
    frame.upperKey = upper
  }

  private mutating func pop() {
    depth -= 1
    if depth > 0 { swap(&frame, &parents[depth - 1]) }
  }

  /// The page's elements are used up: checks what can be told only now, and goes back to the parent.
  private mutating func leavePage(_ tell: (Event) -> Void) {
    defer { pop() }
    guard !frame.isInline else { return }
    if frame.kind == .leaf {
      let expected = leafDepth ?? depth
      leafDepth = expected
      if depth != expected { tell(.violation(frame.failure(.unevenDepth, at: 0, found: depth, bound: expected))) }
    }
    tell(.finished(frame.use))
  }

  // MARK: Elements

  /// Takes the next element of the current page and checks it. Throws when it can't be used.
  private mutating func takeElement(_ tell: (Event) -> Void) throws(BoltError) -> Element {
    let index = frame.next
    frame.next += 1
    let headerOffset = Element.headerOffset(index)
    let element = try frame.element(index, from: tree.source, order)
    try checkBounds(of: element, headerOffset: headerOffset)
    try checkDensity(of: element, headerOffset, tell)
    checkSizes(of: element, headerOffset, tell)
    try loadBytes(of: element)
    checkOrder(of: element, isFirst: index == 0, tell)
    return element
  }

  private func isInBounds(_ element: Element) -> Bool {
    element.keyStart >= frame.tableBytes && element.end <= frame.runBytes
  }

  private func checkBounds(of element: Element, headerOffset: Int) throws(BoltError) {
    guard isInBounds(element) else {
      throw frame.failure(
        .elementOutOfBounds, at: headerOffset, found: element.end, bound: frame.runBytes)
    }
  }

  /// Each element's data begins where the one before it ended (bbolt internal/common/inode.go, `WriteInodeToPage`).
  /// Where that does not hold, no more bytes are handed on than the page has.
  private mutating func checkDensity(
    of element: Element, _ headerOffset: Int, _ tell: (Event) -> Void
  ) throws(BoltError) {
    let expected = frame.expectedStart
    if element.keyStart != expected, !frame.toldNotDense {
      frame.toldNotDense = true
      let error = frame.failure(.elementsNotDense, at: headerOffset, found: element.keyStart, bound: expected)
      tell(.violation(error))
    }
    frame.expectedStart = element.end
    frame.deliveredBytes += element.keyBytes + element.valueBytes
    guard frame.deliveredBytes <= frame.runBytes else {
      frame.next = frame.count
      throw frame.failure(.elementsOverlap, at: headerOffset, bound: frame.runBytes)
    }
  }

  private func checkSizes(of element: Element, _ headerOffset: Int, _ tell: (Event) -> Void) {
    func violation(_ code: BoltError.Code, found: Int, bound: Int = 0) {
      tell(.violation(frame.failure(code, at: headerOffset, found: found, bound: bound)))
    }
    if element.keyBytes < 1 || element.keyBytes > Element.maximumKeyBytes {
      violation(.keySize, found: element.keyBytes, bound: Element.maximumKeyBytes)
    }
    if element.valueBytes > Element.maximumValueBytes {
      violation(.valueSize, found: element.valueBytes, bound: Element.maximumValueBytes)
    }
    if element.flags & ~Element.bucketFlag != 0 {
      violation(.elementFlags, found: Int(element.flags))
    }
  }

  /// Keys ascend strictly, and lie in the range that the parent gives (bbolt tx_check.go, `verifyKeyOrder`).
  private mutating func checkOrder(of element: Element, isFirst: Bool, _ tell: (Event) -> Void) {
    let isOrdered = isFirst || follows(element)
    let isLast = frame.next == frame.count
    let isInRange = !(isFirst || isLast) || admits(element, isFirst: isFirst, isLast: isLast)
    if !isOrdered, !frame.toldKeyOrder {
      frame.toldKeyOrder = true
      tell(.violation(frame.failure(.keyOrder, at: element.keyStart)))
    }
    if !isInRange { tell(.violation(frame.failure(.keyRange, at: element.keyStart))) }
    keepKey(of: element)
  }

  /// Whether the key of `element` comes after the one taken before it.
  private func follows(_ element: Element) -> Bool {
    frame.lastKey.precedes(bytes(of: element).extracting(first: element.keyBytes))
  }

  private func admits(_ element: Element, isFirst: Bool, isLast: Bool) -> Bool {
    frame.admits(bytes(of: element).extracting(first: element.keyBytes), isFirst: isFirst, isLast: isLast)
  }

  /// Keeps the key of `element` to hold the next one against.
  private mutating func keepKey(of element: Element) {
    if frame.isWhole {
      frame.keepKey(of: element)
    } else {
      // A forged key can be as long as the page; memory must not be.
      let kept = min(element.keyBytes, Element.maximumKeyBytes)
      frame.keepKey(Array(copying: bytes(of: element).extracting(first: kept)))
    }
  }

  /// Brings key and value of `element` into memory.
  private mutating func loadBytes(of element: Element) throws(BoltError) {
    let count = element.end - element.keyStart
    currentIsInFrame = frame.holds(element.keyStart, count)
    guard !currentIsInFrame else { return }
    guard count <= Tree.maximumElementBytes else {
      throw frame.failure(.elementTooLarge, at: element.keyStart, found: count, bound: Tree.maximumElementBytes)
    }
    try tree.source.read(count, at: frame.start + UInt64(element.keyStart), into: &elementBytes)
  }

  /// Key and value of the element that was loaded last.
  @_lifetime(borrow self)
  private func bytes(of element: Element) -> RawSpan {
    let count = element.end - element.keyStart
    if currentIsInFrame { return frame.bytes(element.keyStart, count) }
    return elementBytes.rawSpan.extracting(first: count)
  }
}
