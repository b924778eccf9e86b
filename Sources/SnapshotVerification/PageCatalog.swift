import BoltFormat
import EtcdStorage

/// What is kept of the pages of a file that could be pages of bucket `key`: of each leaf what its rows sum up to, of each
/// branch its children. Which of them are in use is for the tree to say, when all pages were seen.
struct PageCatalog: Sendable {
  /// A leaf page whose rows were taken in.
  struct Leaf: Sendable {
    /// The first row's revision.
    let first: PackedRevision
    /// The last row's revision.
    let last: PackedRevision
    /// Pages directly after this one that belong to it.
    let overflow: UInt32
    /// Where its candidates start in the list of them, and its marks in ``PageCatalog/marks``; they end where those of
    /// the next leaf start.
    let candidatesStart: UInt32
    let marksStart: UInt32
    /// Rows, tombstones included.
    let rows: UInt16
    let tombstones: UInt16
    /// Rows that create their key.
    let creations: UInt16
  }

  /// A revision in 12 bytes.
  struct PackedRevision: Sendable {
    private let high: UInt32
    private let low: UInt32
    private let packedSub: UInt32

    /// nil when there is no room for `revision`, whose sub revision would be one of thousands of millions.
    init?(_ revision: Revision) {
      guard let sub = UInt32(exactly: revision.sub) else { return nil }
      high = UInt32(truncatingIfNeeded: revision.main >> 32)
      low = UInt32(truncatingIfNeeded: revision.main)
      packedSub = sub
    }

    var revision: Revision { Revision(main: Int64(high) << 32 | Int64(low), sub: Int64(packedSub)) }

    /// Of a branch's keys so much is kept. Equal revisions have equal ones; others once in thousands of millions, and as
    /// nobody knows the factors, nobody can prepare them (multilinear hashing).
    var fingerprint: UInt32 {
      let main = UInt64(high) << 32 | UInt64(low)
      return UInt32(truncatingIfNeeded: (main &* Self.factors.main &+ UInt64(packedSub) &* Self.factors.sub) >> 32)
    }

    /// Odd, and made fresh for each run.
    private static let factors = (main: UInt64.random(in: 0 ... .max) | 1, sub: UInt64.random(in: 0 ... .max) | 1)
  }

  /// A branch page.
  struct Branch: Sendable {
    /// Where its children start in ``PageCatalog/children``; they end where those of the next branch start.
    let childrenStart: UInt32
    /// Pages directly after this one that belong to it.
    let overflow: UInt32
  }

  /// A child of a branch page, under a fingerprint of its key.
  struct Child: Sendable {
    let page: UInt32
    let fingerprint: UInt32
  }

  /// What is known of a page.
  enum Entry {
    case leaf(Int)
    case branch(Int)
  }

  /// The page of each entry of ``leaves`` and ``branches``, in the order in which they were added.
  private var leafPages = SegmentedArray<UInt32>()
  private var branchPages: [UInt32] = []
  private(set) var leaves = SegmentedArray<Leaf>()
  private(set) var branches: [Branch] = []
  private(set) var children: [Child] = []
  /// For each row that is no creation: whether it is a tombstone, and how far its main revision is from that of the mark
  /// before, as varints. They tell which of a page's rows lie behind a compaction.
  private(set) var marks: [UInt8] = []
  /// Whether there was no room for all marks: a forged file may have ten bytes of them for each row.
  private(set) var lacksMarks = false
  /// Bytes of marks that are kept: those of some forty million rows.
  private static let marksBudget = 48 << 20
  /// What an inspection needs of the pages; nil where nobody asks.
  var measures: PageMeasures?
  /// By page: 0, or twice the number in its list, plus 2, plus 1 for a branch.
  private var numbers: [UInt32] = []

  /// Adds a leaf page, whose marks and candidates were added last.
  mutating func add(_ leaf: Leaf, at page: UInt32) {
    leaves.append(leaf)
    leafPages.append(page)
  }

  /// Adds a branch page, whose children were added last.
  mutating func add(_ branch: Branch, at page: UInt32) {
    branches.append(branch)
    branchPages.append(page)
  }

  /// Adds a child of the next branch.
  mutating func add(_ child: Child) { children.append(child) }

  /// Adds a mark of the next leaf: a row `distance` main revisions after the one marked before.
  mutating func addMark(isTombstone: Bool, distance: UInt64) {
    var rest = distance << 1 | (isTombstone ? 1 : 0)
    while rest >= 0x80 {
      marks.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    marks.append(UInt8(rest))
  }

  /// Takes back the children or marks that were added after there were so many.
  mutating func takeBack(children childCount: Int, marks markCount: Int) {
    children.removeSubrange(childCount...)
    marks.removeSubrange(markCount...)
  }

  /// Removes all entries, but keeps the memory for others.
  mutating func removeAll() {
    leaves.removeLast(to: 0)
    leafPages.removeLast(to: 0)
    branches.removeAll(keepingCapacity: true)
    branchPages.removeAll(keepingCapacity: true)
    children.removeAll(keepingCapacity: true)
    marks.removeAll(keepingCapacity: true)
    measures?.removeAll()
  }

  /// Adds all of `other`, whose candidates stand behind `candidates` others.
  mutating func add(_ other: PageCatalog, candidatesBefore candidates: Int) {
    let candidatesBefore = UInt32(candidates)
    let marksBefore = UInt32(marks.count)
    let childrenBefore = UInt32(children.count)
    for leaf in other.leaves {
      leaves.append(
        Leaf(
          first: leaf.first, last: leaf.last, overflow: leaf.overflow,
          candidatesStart: leaf.candidatesStart + candidatesBefore, marksStart: leaf.marksStart + marksBefore,
          rows: leaf.rows, tombstones: leaf.tombstones, creations: leaf.creations))
    }
    branches += other.branches.map { Branch(childrenStart: $0.childrenStart + childrenBefore, overflow: $0.overflow) }
    for page in other.leafPages { leafPages.append(page) }
    branchPages += other.branchPages
    children += other.children
    if let others = other.measures { measures?.add(others) }
    if marks.count + other.marks.count <= Self.marksBudget { marks += other.marks } else { lacksMarks = true }
  }

  /// Makes the entries accessible by their pages, of which the file has `pages`. To be called after the last was added.
  mutating func index(pages: UInt64) {
    numbers = Array(repeating: 0, count: Int(pages))
    for (number, page) in leafPages.enumerated() { numbers[Int(page)] = UInt32(number + 1) * 2 }
    for (number, page) in branchPages.enumerated() { numbers[Int(page)] = UInt32(number + 1) * 2 + 1 }
    leafPages.removeLast(to: 0)
    branchPages = []
  }

  /// What is known of `page`; nil when it is no sound page of bucket `key`.
  func entry(of page: UInt64) -> Entry? {
    guard page < UInt64(numbers.count), numbers[Int(page)] != 0 else { return nil }
    let number = Int(numbers[Int(page)] / 2) - 1
    return numbers[Int(page)] % 2 == 0 ? .leaf(number) : .branch(number)
  }

  /// Where the candidates of leaf `number` lie, of `count` in all.
  func candidates(of number: Int, count: Int) -> Range<Int> {
    Int(leaves[number].candidatesStart)..<(number + 1 < leaves.count ? Int(leaves[number + 1].candidatesStart) : count)
  }

  /// Where the candidates of the leaves `numbers` lie, of `count` in all, in ascending order.
  func candidates(of numbers: [Int], count: Int) -> [Range<Int>] {
    numbers.sorted().map { candidates(of: $0, count: count) }
  }

  /// The children of branch `number`.
  func children(of number: Int) -> ArraySlice<Child> {
    let end = number + 1 < branches.count ? Int(branches[number + 1].childrenStart) : children.count
    return children[Int(branches[number].childrenStart)..<end]
  }

  /// The marks of leaf `number`.
  func marks(of number: Int) -> ArraySlice<UInt8> {
    let end = number + 1 < leaves.count ? Int(leaves[number + 1].marksStart) : marks.count
    return marks[Int(leaves[number].marksStart)..<end]
  }
}
