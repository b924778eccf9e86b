import BoltFormat
import EtcdStorage

/// What is kept of the pages of a file that could be pages of bucket `key`: of each leaf what its rows sum up to, of each
/// branch its children. Which of them are in use is for the tree to say, when all pages were seen.
package struct PageCatalog: Sendable {
  /// A leaf page whose rows were taken in.
  package struct Leaf: Sendable {
    /// The first row's revision.
    package let first: PackedRevision
    /// The last row's revision.
    package let last: PackedRevision
    /// Pages directly after this one that belong to it.
    package let overflow: UInt32
    /// Where its candidates start in the list of them; they end where those of the next leaf start.
    let candidatesStart: UInt32
    /// Where its rows start in ``PageCatalog/rows``.
    let rowsStart: UInt32
    /// Rows, tombstones included.
    package let rows: UInt16
    package let tombstones: UInt16
    /// Rows that create their key.
    let creations: UInt16
  }

  /// A revision in 12 bytes.
  package struct PackedRevision: Sendable {
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

    package var revision: Revision { Revision(main: Int64(high) << 32 | Int64(low), sub: Int64(packedSub)) }

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
  package struct Branch: Sendable {
    /// Where its children start in ``PageCatalog/children``; they end where those of the next branch start.
    let childrenStart: UInt32
    /// Pages directly after this one that belong to it.
    package let overflow: UInt32
  }

  /// A child of a branch page, under a fingerprint of its key.
  package struct Child: Sendable {
    package let page: UInt32
    let fingerprint: UInt32
  }

  /// What is known of a page.
  package enum Entry {
    case leaf(Int)
    case branch(Int)
  }

  /// The page of each entry of ``leaves`` and ``branches``, in the order in which they were added.
  private var leafPages = SegmentedArray<UInt32>()
  private var branchPages: [UInt32] = []
  package private(set) var leaves = SegmentedArray<Leaf>()
  private(set) var branches: [Branch] = []
  package private(set) var children = SegmentedArray<Child>()
  /// Of each row of a leaf 63 bits of its key's fingerprint, and above them whether it is a tombstone: by these the keys are
  /// counted that exist.
  package private(set) var rows = SegmentedArray<UInt64>()
  /// Children that are kept in any case, and for each page that was added: of every page that was ever in use a few copies
  /// of its parent may be left, while a forged file may have hundreds for each page. Branches for which there is no room are
  /// left out, as those are that are not sound.
  private static let childrenBudget = (fixed: 2 << 20, perPage: 4)
  /// Whether there was no room for all rows.
  private(set) var lacksRows = false
  /// The most rows that are kept, beside one for each candidate: a row in scope takes much more already.
  private static let rowsCapacity = 6_000_000
  static let tombstoneBit: UInt64 = 1 << 63
  /// Rows that no etcd wrote, by the numbers of their leaves, in ascending order.
  private(set) var impossibleRows: [(leaf: Int, row: ImpossibleRow)] = []
  /// Whether there was no room for all of these.
  private(set) var lacksImpossibleRows = false
  /// What an inspection needs of the pages; nil where nobody asks.
  var measures: PageMeasures?
  /// By page: 0, or twice the number in its list, plus 2, plus 1 for a branch.
  private var numbers: [UInt32] = []

  /// Adds a leaf page, whose rows and candidates were added last.
  package mutating func add(_ leaf: Leaf, at page: UInt32) {
    leaves.append(leaf)
    leafPages.append(page)
  }

  /// Adds a branch page, whose children were added last.
  package mutating func add(_ branch: Branch, at page: UInt32) {
    branches.append(branch)
    branchPages.append(page)
  }

  /// Adds a child of the next branch.
  package mutating func add(_ child: Child) { children.append(child) }

  /// Adds a row of the next leaf.
  mutating func addRow(_ fingerprint: UInt64, isTombstone: Bool) {
    rows.append(fingerprint & ~Self.tombstoneBit | (isTombstone ? Self.tombstoneBit : 0))
  }

  /// Adds a row of the next leaf that no etcd wrote.
  mutating func add(_ row: ImpossibleRow) { add(row, ofLeaf: leaves.count) }

  private mutating func add(_ row: ImpossibleRow, ofLeaf leaf: Int) {
    guard impossibleRows.count < ImpossibleRows.capacity else {
      lacksImpossibleRows = true
      return
    }
    impossibleRows.append((leaf, row))
  }

  /// Takes back the children or rows that were added after there were so many.
  mutating func takeBack(children childCount: Int, rows rowCount: Int) {
    children.removeLast(to: childCount)
    rows.removeLast(to: rowCount)
    impossibleRows.removeLast(impossibleRows.reversed().prefix { $0.leaf >= leaves.count }.count)
  }

  /// Removes all entries, but keeps the memory for others.
  package mutating func removeAll() {
    leaves.removeLast(to: 0)
    leafPages.removeLast(to: 0)
    branches.removeAll(keepingCapacity: true)
    branchPages.removeAll(keepingCapacity: true)
    children.removeLast(to: 0)
    rows.removeLast(to: 0)
    impossibleRows.removeAll()
    measures?.removeAll()
  }

  /// Adds all of `other`, whose candidates stand behind `candidates` others.
  package mutating func add(_ other: PageCatalog, candidatesBefore candidates: Int) {
    let candidatesBefore = UInt32(candidates)
    let rowsBefore = UInt32(rows.count)
    let childrenBefore = UInt32(children.count)
    for (leaf, row) in other.impossibleRows { add(row, ofLeaf: leaves.count + leaf) }
    lacksImpossibleRows = lacksImpossibleRows || other.lacksImpossibleRows
    for leaf in other.leaves {
      leaves.append(
        Leaf(
          first: leaf.first, last: leaf.last, overflow: leaf.overflow,
          candidatesStart: leaf.candidatesStart + candidatesBefore, rowsStart: leaf.rowsStart + rowsBefore,
          rows: leaf.rows, tombstones: leaf.tombstones, creations: leaf.creations))
    }
    leafPages.append(contentsOf: other.leafPages)
    let pages = leaves.count + branches.count + other.branches.count
    let hasRoom =
      children.count + other.children.count <= Self.childrenBudget.fixed + pages * Self.childrenBudget.perPage
    if let others = other.measures { measures?.add(others, withBranches: hasRoom) }
    if hasRoom {
      branches += other.branches.map { Branch(childrenStart: $0.childrenStart + childrenBefore, overflow: $0.overflow) }
      branchPages += other.branchPages
      children.append(contentsOf: other.children)
    }
    lacksRows = lacksRows || rows.count + other.rows.count > Self.rowsCapacity + candidates
    if !lacksRows { rows.append(contentsOf: other.rows) }
  }

  /// Makes the entries accessible by their pages, of which the file has `pages`. To be called after the last was added.
  package mutating func index(pages: UInt64) {
    numbers = Array(repeating: 0, count: Int(pages))
    for (number, page) in leafPages.enumerated() { numbers[Int(page)] = UInt32(number + 1) * 2 }
    for (number, page) in branchPages.enumerated() { numbers[Int(page)] = UInt32(number + 1) * 2 + 1 }
    leafPages.removeLast(to: 0)
    branchPages = []
  }

  /// What is known of `page`; nil when it is no sound page of bucket `key`.
  package func entry(of page: UInt64) -> Entry? {
    guard page < UInt64(numbers.count), numbers[Int(page)] != 0 else { return nil }
    let number = Int(numbers[Int(page)] / 2) - 1
    return numbers[Int(page)] % 2 == 0 ? .leaf(number) : .branch(number)
  }

  /// The rows of the leaves `numbers`, in the order of these, that no etcd wrote; and those of other leaves.
  func impossibleRows(of numbers: [Int]) -> (inUse: [ImpossibleRow], others: [ImpossibleRow]) {
    guard !impossibleRows.isEmpty else { return ([], []) }
    let byLeaf = Dictionary(grouping: impossibleRows, by: \.leaf)
    let inUse = numbers.flatMap { byLeaf[$0] ?? [] }.map(\.row)
    let leaves = Set(numbers)
    return (inUse, impossibleRows.filter { !leaves.contains($0.leaf) }.map(\.row))
  }

  /// Where the candidates of leaf `number` lie, of `count` in all.
  package func candidates(of number: Int, count: Int) -> Range<Int> {
    Int(leaves[number].candidatesStart)..<(number + 1 < leaves.count ? Int(leaves[number + 1].candidatesStart) : count)
  }

  /// Where the candidates of the leaves `numbers` lie, of `count` in all, in ascending order.
  package func candidates(of numbers: [Int], count: Int) -> [Range<Int>] {
    numbers.sorted().map { candidates(of: $0, count: count) }
  }

  /// Where the children of branch `number` lie in ``children``.
  package func children(of number: Int) -> Range<Int> {
    let end = number + 1 < branches.count ? Int(branches[number + 1].childrenStart) : children.count
    return Int(branches[number].childrenStart)..<end
  }

  /// Where the rows of leaf `number` lie in ``rows``, if they were kept.
  package func rows(of number: Int) -> Range<Int> {
    let start = Int(leaves[number].rowsStart)
    return start..<(start + Int(leaves[number].rows))
  }
}
