import TestSupport
import Testing

@testable import BoltFormat

/// Pages and references that bbolt doesn't write: each is named, and all rows outside it still come.
@Suite(.timeLimit(.minutes(20))) struct HostilePageTests {
  // MARK: The high-water mark

  @Test(arguments: [1 << 20, 1 << 55, 1 << 60, .max] as [UInt64])
  func forgedHighWaterMarkIsTruncationAndNoReasonToAllocate(mark: UInt64) throws {
    var victim = Victim()
    victim.image.setMetas(.highWater, to: mark)
    let walk = try victim.walk()
    let pages = UInt64(victim.image.bytes.count / 512)
    let end = ByteOffset(pages * 512)
    #expect(walk.errors == [BoltError(.truncated, page: PageID(pages), offset: end, found: pages, bound: mark)])
    #expect(walk.rows == victim.root.rows())
    #expect(walk.reachable == victim.image.reachableNumbers)
    let tree = try Tree(MemorySource(victim.image.bytes))
    #expect(tree.isTruncated && tree.pageBound == pages)
    #expect(tree.imageBytes == (mark < 1 << 55 ? mark * 512 : .max))
  }

  /// The pages between the mark and the end of the file belong to no tree.
  @Test func pageBeyondTheHighWaterMarkIsRefused() throws {
    var victim = Victim()
    let last = victim.rootLeaf.number
    victim.image.setMetas(.highWater, to: last)
    #expect(throws: BoltError.self, "the root itself is beyond") { try victim.walk() }

    victim = Victim()
    victim.image[victim.branches[1], child: 2, .child] = victim.image.highWater
    victim.image.bytes += victim.image.bytes.suffix(512)
    let walk = try victim.walk()
    let reference = victim.image.element(2, of: victim.branches[1]) + 8
    #expect(walk.findings == [Finding(.pageOutOfBounds, page: victim.branches[1].number, at: reference)])
    #expect(walk.rows == victim.rows(withoutLeaves: [5]))
  }

  // MARK: References

  @Test(arguments: [0, 1, 1 << 55, 1 << 63, .max - 1, .max] as [UInt64])
  func childThatIsNoPageOfTheTreeIsNotFollowed(child: UInt64) throws {
    for byteOrder in BoltWriter.ByteOrder.allCases {
      var victim = Victim(byteOrder: byteOrder)
      victim.image[victim.branches[1], child: 1, .child] = child
      let walk = try victim.walk()
      let reference = ByteOffset(UInt64(victim.image.element(1, of: victim.branches[1]) + 8))
      let expected = BoltError(
        .pageOutOfBounds, page: PageID(victim.branches[1].number), offset: reference, found: child,
        bound: victim.image.highWater)
      #expect(walk.errors == [expected])
      #expect(walk.rows == victim.rows(withoutLeaves: [4]))
    }
  }

  @Test func lastPageCanBeAChildAndTheOneAfterItCannot() throws {
    var victim = Victim()
    let bound = victim.image.highWater
    for (child, code) in [(bound - 1, BoltError.Code.pageClaimedTwice), (bound, .pageOutOfBounds)] {
      victim.image[victim.branches[1], child: 1, .child] = child
      #expect(try victim.walk().errors.map(\.code) == [code])
    }
  }

  /// Which page a child reference is bent to, to make a cycle or a page with two parents.
  enum Target: CaseIterable {
    case itself, parent, bucketRoot, rootOfAll, sibling, leafOfSibling, otherBucket

    func page(_ victim: Victim) -> BoltImage.Page {
      switch self {
      case .itself: victim.branches[1]
      case .parent, .bucketRoot: victim.top
      case .rootOfAll: victim.rootLeaf
      case .sibling: victim.branches[0]
      case .leafOfSibling: victim.leaves[2]
      case .otherBucket: victim.image.rootPage(ofBucket: ["key"])
      }
    }
  }

  @Test(arguments: Target.allCases)
  func pageThatWasReadIsNotReadAgain(target: Target) throws {
    var victim = Victim()
    let page = target.page(victim)
    victim.image[victim.branches[1], child: 1, .child] = page.number
    let source = RecordingSource(MemorySource(victim.image.bytes))
    let walk = try Walk(source)
    #expect(walk.findings == [.claimedTwice(page)])
    #expect(walk.rows == victim.rows(withoutLeaves: [4]))
    #expect(source.record().reads < 3 * Int(victim.image.highWater))
  }

  @Test func pageThatWasRefusedIsNotReadAgain() throws {
    var victim = Victim()
    let page = victim.leaves[3]
    victim.image[page, .id] = 99
    for branch in victim.branches[1...] {
      for child in 0..<3 { victim.image[branch, child: child, .child] = page.number }
    }
    let walk = try victim.walk()
    let again = [Finding](repeating: .claimedTwice(page), count: 5)
    #expect(walk.findings == [Finding(.pageID, page: page.number, at: page.offset)] + again)
    #expect(walk.rows == victim.rows(withoutLeaves: 3..<9))
  }

  /// A page that comes later, and is given to an earlier parent: it is read there, and refused where it belongs.
  @Test func pageWithTwoParentsIsReadOnce() throws {
    var victim = Victim()
    victim.image[victim.branches[0], child: 1, .child] = victim.leaves[7].number
    let walk = try victim.walk()
    let page = victim.leaves[7]
    let lastKey = victim.image.row(2, of: victim.leaves[7]).key.lowerBound
    #expect(
      walk.findings == [Finding(.keyRange, page: page.number, at: lastKey), .claimedTwice(page)])
    #expect(Set(walk.rows) == Set(victim.rows(withoutLeaves: [1])))
    #expect(walk.rows.count == victim.rows(withoutLeaves: [1]).count)
  }

  @Test(arguments: [0, 1, 2])
  func referenceToTheTopFromEveryChildEnds(slot: Int) throws {
    var victim = Victim()
    for branch in victim.branches { victim.image[branch, child: slot, .child] = victim.top.number }
    let walk = try victim.walk()
    #expect(walk.findings == [Finding](repeating: .claimedTwice(victim.top), count: 3))
    #expect(walk.rows == victim.rows(withoutLeaves: [slot, slot + 3, slot + 6]))
  }

  /// 9 branch pages whose 20 elements each lead to all the others: 20^9 paths, 9 pages.
  @Test func webOfBranchesEnds() throws {
    let encoder = BoltPageEncoder(pageSize: 1024)
    var pages: [UInt64: [UInt8]] = [:]
    for number in 3..<12 as Range<UInt64> {
      pages[number] = encoder.branch(number, (0..<20).map { ([UInt8($0 + 1)], 3 + (number + UInt64($0)) % 9) })
    }
    let source = RecordingSource(MemorySource(encoder.file([encoder.bucketRow("key", on: 3)], pages: pages)))
    let walk = try Walk(source)
    #expect(Set(walk.errors.map(\.code)) == [.pageClaimedTwice, .keyRange])
    #expect(walk.errors.filter { $0.code == .pageClaimedTwice }.count == 9 * 20 - 8)
    #expect(walk.rows == [])
    #expect(source.record().reads < 100)
  }

  // MARK: Runs

  @Test func runOverAPageReadLaterTakesIt() throws {
    var victim = Victim()
    victim.image[victim.leaves[0], .overflow] = 1
    let walk = try victim.walk()
    #expect(victim.leaves[1].number == victim.leaves[0].number + 1)
    #expect(walk.findings == [.claimedTwice(victim.leaves[1])])
    #expect(walk.rows == victim.rows(withoutLeaves: [1]))
  }

  @Test func runOverAPageReadBeforeIsRefused() throws {
    var victim = Victim()
    #expect(victim.branches[0].number == victim.leaves[2].number + 1)
    victim.image[victim.leaves[2], .overflow] = 1
    let walk = try victim.walk()
    #expect(walk.findings == [.claimedTwice(victim.leaves[2])])
    #expect(walk.rows == victim.rows(withoutLeaves: [2]))
    #expect(!walk.reachable.contains(victim.leaves[2].number))
  }

  @Test(arguments: [0xFFFF_FFFF, 0x7FFF_FFFF, 1 << 16] as [UInt64])
  func runBeyondTheEndIsRefused(overflow: UInt64) throws {
    for byteOrder in BoltWriter.ByteOrder.allCases {
      var victim = Victim(byteOrder: byteOrder)
      let leaf = victim.leaves[4]
      victim.image[leaf, .overflow] = overflow
      let expected = BoltError(
        .overflowOutOfBounds, page: PageID(leaf.number), offset: ByteOffset(UInt64(leaf.offset + 12)), found: overflow,
        bound: victim.image.highWater)
      let walk = try victim.walk()
      #expect(walk.errors == [expected])
      #expect(walk.rows == victim.rows(withoutLeaves: [4]))
    }
  }

  @Test func runMayReachTheEndAndNoFurther() throws {
    let encoder = BoltPageEncoder(pageSize: 512)
    var leaf = encoder.leaf(3, [.init([1], [2])])
    let rows = [encoder.bucketRow("key", on: 3)]
    for (overflow, findings) in [(3, []), (4, [Finding(.overflowOutOfBounds, page: 3, at: 3 * 512 + 12)])] {
      leaf[12] = UInt8(overflow)
      let walk = try Walk(encoder.file(rows, pages: [3: leaf, 6: [0]]))
      #expect(walk.findings == findings)
      #expect(walk.rows.map(\.value) == (findings.isEmpty ? [[2]] : []))
      #expect(walk.reachable == (findings.isEmpty ? [0, 1, 2, 3, 4, 5, 6] : [0, 1, 2]))
    }
  }

  @Test func runOverTheWholeFileTakesOnlyWhatIsLeft() throws {
    var victim = Victim()
    victim.image[victim.leaves[4], .overflow] = victim.image.highWater - victim.leaves[4].number - 1
    let walk = try victim.walk()
    #expect(walk.findings == [.claimedTwice(victim.leaves[4])])
    #expect(walk.rows == victim.rows(withoutLeaves: [4]))
  }

  // MARK: Headers

  @Test(arguments: [0, 1, 1 << 32, .max] as [UInt64])
  func pageThatCallsItselfAnotherIsRefused(id: UInt64) throws {
    var victim = Victim()
    victim.image[victim.leaves[4], .id] = id
    victim.image[victim.branches[2], .id] = id
    let walk = try victim.walk()
    let pages = [victim.leaves[4], victim.branches[2]]
    #expect(walk.findings == pages.map { Finding(.pageID, page: $0.number, at: $0.offset) })
    #expect(walk.errors.allSatisfy { $0.found == id })
    #expect(walk.rows == victim.rows(withoutLeaves: [4, 6, 7, 8]))
  }

  @Test(
    arguments: [
      (0, .pageFlags), (3, .pageFlags), (0x12, .pageFlags), (0x20, .pageFlags), (8, .pageFlags), (0xFFFF, .pageFlags),
      (0x102, .pageFlags), (4, .pageKind), (0x10, .pageKind),
    ] as [(UInt64, BoltError.Code)])
  func pageThatIsNeitherBranchNorLeafIsRefused(flags: UInt64, code: BoltError.Code) throws {
    var victim = Victim()
    victim.image[victim.leaves[4], .flags] = flags
    victim.image[victim.branches[2], .flags] = flags
    let walk = try victim.walk()
    let pages = [victim.leaves[4], victim.branches[2]]
    #expect(walk.findings == pages.map { Finding(code, page: $0.number, at: $0.offset + 8) })
    #expect(walk.errors.allSatisfy { $0.found == flags })
    #expect(walk.rows == victim.rows(withoutLeaves: [4, 6, 7, 8]))
  }

  @Test func zeroedPageIsRefused() throws {
    var victim = Victim()
    victim.image.patch(page: victim.leaves[4].number, bytes: [UInt8](repeating: 0, count: 512))
    let walk = try victim.walk()
    #expect(walk.findings == [Finding(.pageID, page: victim.leaves[4].number, at: victim.leaves[4].offset)])
    #expect(walk.rows == victim.rows(withoutLeaves: [4]))
  }

  @Test func countThatNoPageCarriesIsRefused() throws {
    var victim = Victim()
    victim.image[victim.leaves[4], .count] = 0xFFFF
    victim.image[victim.branches[2], .count] = 0xFFFF
    let walk = try victim.walk()
    let pages = [victim.leaves[4], victim.branches[2]]
    #expect(walk.findings == pages.map { Finding(.elementCount, page: $0.number, at: $0.offset + 10) })
    #expect(walk.rows == victim.rows(withoutLeaves: [4, 6, 7, 8]))
  }

  @Test func branchWithoutElementsIsRefused() throws {
    var victim = Victim()
    victim.image[victim.branches[1], .count] = 0
    let walk = try victim.walk()
    #expect(
      walk.findings == [Finding(.emptyBranch, page: victim.branches[1].number, at: victim.branches[1].offset + 10)])
    #expect(walk.rows == victim.rows(withoutLeaves: 3..<6))
  }

  @Test(arguments: [32, 1000, 65_534] as [UInt64])
  func tableLongerThanThePageIsRefused(count: UInt64) throws {
    var victim = Victim()
    victim.image[victim.leaves[4], .count] = count
    let walk = try victim.walk()
    let leaf = victim.leaves[4]
    let expected = BoltError(
      .elementTable, page: PageID(leaf.number), offset: ByteOffset(UInt64(leaf.offset + 10)), found: count, bound: 512)
    #expect(walk.errors == [expected])
    #expect(walk.rows == victim.rows(withoutLeaves: [4]))
  }

  /// 16 + 16 × 31 = 512.
  @Test func tableMayFillThePage() throws {
    let encoder = BoltPageEncoder(pageSize: 512)
    var leaf = encoder.header(3, flags: 2, count: 31, overflow: 0)
    for index in 0..<31 {
      leaf += [0, 0, 0, 0, UInt8((496 - 16 * index) & 0xFF), UInt8((496 - 16 * index) >> 8)]
      leaf += [UInt8](repeating: 0, count: 10)
    }
    let walk = try Walk(encoder.file([encoder.bucketRow("key", on: 3)], pages: [3: leaf]))
    #expect(walk.rows.count == 31)
    #expect(walk.errors.map(\.code).filter { $0 != .keySize } == [.keyOrder])
  }

  /// Elements that are no more are residue, and the first one's data no longer starts where the table ends.
  @Test func tableThatIsTooShortIsToldByTheDataBehindIt() throws {
    var victim = Victim()
    victim.image[victim.leaves[4], .count] = 2
    let walk = try victim.walk()
    let leaf = victim.leaves[4]
    #expect(walk.findings == [Finding(.elementsNotDense, page: leaf.number, at: leaf.offset + 16)])
    #expect(walk.rows == victim.rows(withoutRow: 2, onLeaf: 4))
  }

  // MARK: Depth

  @Test func leavesOfDifferentDepthsAreTold() throws {
    var victim = Victim()
    victim.image[victim.top, child: 2, .child] = victim.leaves[6].number
    let walk = try victim.walk()
    let leaf = victim.leaves[6]
    let expected = BoltError(
      .unevenDepth, page: PageID(leaf.number), offset: ByteOffset(UInt64(leaf.offset)), found: 2, bound: 3)
    #expect(walk.errors == [expected])
    #expect(walk.rows == victim.rows(withoutLeaves: [7, 8]))
  }

  @Test(arguments: [63, 64, 300])
  func chainOfBranchesIsFollowedFor64Levels(branches: Int) throws {
    var chain = BoltBucket([.init("a", [1]), .init("b", [2])], layout: .pages)
    chain.extraLevels = branches
    let other = BoltBucket([.init("c", [3])], layout: .pages)
    let root = BoltBucket(["chain": chain, "other": other])
    let image = BoltWriter(pageSize: 512).image(root)
    let walk = try Walk(image.bytes)
    guard branches >= Tree.maximumDepth else {
      #expect(walk.errors == [])
      #expect(walk.rows == root.rows())
      return
    }
    let refused = image.pages.first { $0.bucket == ["chain"] && $0.height == branches - 64 }
    #expect(walk.findings == [Finding(.treeTooDeep, page: refused?.number, at: refused?.offset)])
    #expect(walk.rows == other.rows([Array("other".utf8)]))
  }

  // MARK: Reading

  @Test func pageThatCannotBeReadCostsOnlyItsOwnRows() throws {
    let victim = Victim()
    let lost = UInt64(victim.leaves[4].offset)
    let source = FailingSource(source: MemorySource(victim.image.bytes), lost: lost..<lost + 512)
    let walk = try Walk(source)
    #expect(walk.errors == [BoltError(.readFailed, offset: ByteOffset(lost))])
    #expect(walk.rows == victim.rows(withoutLeaves: [4]))
  }

  @Test func valueThatCannotBeReadCostsOnlyItsOwnRow() throws {
    let rows = (1...4 as ClosedRange<UInt8>).map { BoltBucket.Entry([$0], [UInt8](repeating: $0, count: 80_000)) }
    let root = BoltBucket(["key": BoltBucket(rows, packing: .init(fill: .infinity))])
    let image = BoltWriter().image(root)
    let value = image.row(2, of: image.leafPages(ofBucket: "key")[0]).value
    let lost = UInt64(value.lowerBound + 5)
    let walk = try Walk(FailingSource(source: MemorySource(image.bytes), lost: lost..<lost + 1))
    #expect(walk.errors.map(\.code) == [.readFailed])
    #expect(walk.rows.map(\.key) == [[1], [2], [4]])
  }
}
