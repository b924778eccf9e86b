import TestSupport
import Testing

@testable import BoltFormat

/// Elements that bbolt doesn't write. Rows are delivered whenever they can be: nothing must be hidden by a bad order.
@Suite(.timeLimit(.minutes(20))) struct HostileElementTests {
  // MARK: Bounds

  /// A field of a leaf's last row, and a number in it that leads out of the page or into the element table.
  enum Reach: CaseIterable {
    case positionIntoTable, positionAtOwnHeader, position, positionWithSign, keySize, valueSize, oneByte

    func apply(_ image: inout BoltImage, _ leaf: BoltImage.Page) {
      let end = image.row(2, of: leaf).value.upperBound - leaf.offset
      switch self {
      case .positionIntoTable: image[leaf, row: 2, .position] = 15
      case .positionAtOwnHeader: image[leaf, row: 2, .position] = 0
      case .position: image[leaf, row: 2, .position] = 0xFFFF_FFFF
      case .positionWithSign: image[leaf, row: 2, .position] = 0x8000_0000
      case .keySize: image[leaf, row: 2, .keySize] = 0xFFFF_FFFF
      case .valueSize: image[leaf, row: 2, .valueSize] = 0xFFFF_FFFF
      case .oneByte: image[leaf, row: 2, .valueSize] += UInt64(512 - end + 1)
      }
    }
  }

  @Test(arguments: Reach.allCases, BoltWriter.ByteOrder.allCases)
  func elementOutsideThePageIsRefused(reach: Reach, byteOrder: BoltWriter.ByteOrder) throws {
    var victim = Victim(byteOrder: byteOrder)
    let leaf = victim.leaves[4]
    reach.apply(&victim.image, leaf)
    let walk = try victim.walk()
    #expect(
      walk.findings == [Finding(.elementOutOfBounds, page: leaf.number, at: victim.image.element(2, of: leaf))])
    #expect(walk.rows == victim.rows(withoutRow: 2, onLeaf: 4))
  }

  @Test func elementMayReachTheEndOfThePage() throws {
    var victim = Victim()
    let leaf = victim.leaves[4]
    let end = victim.image.row(2, of: leaf).value.upperBound - leaf.offset
    victim.image[leaf, row: 2, .valueSize] += UInt64(512 - end)
    let walk = try victim.walk()
    #expect(walk.errors == [])
    #expect(walk.rows.count == victim.root.rows().count)
    #expect(walk.pages.first { $0.page.rawValue == leaf.number }?.usedBytes == 512)
  }

  @Test func rowsAfterAnElementOutsideThePageStillCome() throws {
    var victim = Victim()
    let leaf = victim.leaves[4]
    victim.image[leaf, row: 0, .position] = 0xFFFF_FFFF
    let walk = try victim.walk()
    let places = [0, 1].map { victim.image.element($0, of: leaf) }
    let expected = [
      Finding(.elementOutOfBounds, page: leaf.number, at: places[0]),
      Finding(.elementsNotDense, page: leaf.number, at: places[1]),
    ]
    #expect(walk.findings == expected)
    #expect(walk.rows == victim.rows(withoutRow: 0, onLeaf: 4))
  }

  @Test func branchElementOutsideThePageCostsItsSubtree() throws {
    for value in [0, 0xFFFF_FFFF] as [UInt64] {
      var victim = Victim()
      let branch = victim.branches[1]
      victim.image[branch, child: 2, .position] = value
      let walk = try victim.walk()
      let place = victim.image.element(2, of: branch)
      #expect(walk.findings == [Finding(.elementOutOfBounds, page: branch.number, at: place)])
      #expect(walk.rows == victim.rows(withoutLeaves: [5]))
    }
  }

  // MARK: Density

  @Test func gapBetweenElementsIsTold() throws {
    var victim = Victim()
    let leaf = victim.leaves[8]
    victim.image[leaf, row: 2, .position] += 1
    let walk = try victim.walk()
    let start = victim.image.row(1, of: leaf).value.upperBound - leaf.offset
    let expected = BoltError(
      .elementsNotDense, page: PageID(leaf.number),
      offset: ByteOffset(UInt64(victim.image.element(2, of: leaf))), found: UInt64(start + 1), bound: UInt64(start))
    #expect(walk.errors == [expected])
    #expect(walk.rows.count == victim.root.rows().count)
  }

  @Test func overlapIsToldAndTheRowsComeAllTheSame() throws {
    var victim = Victim()
    let leaf = victim.leaves[4]
    victim.image[leaf, row: 1, .valueSize] += 20
    let walk = try victim.walk()
    #expect(walk.findings == [Finding(.elementsNotDense, page: leaf.number, at: victim.image.element(2, of: leaf))])
    #expect(walk.rows.count == victim.root.rows().count)
    #expect(walk.rows.filter(victim.rows(withoutRow: 1, onLeaf: 4).contains).count == walk.rows.count - 1)
  }

  /// 65 534 elements that each hand on a megabyte would be 64 GiB from one page.
  @Test(arguments: [1, 1000, 1_000_000])
  func overlappingElementsHandOnNoMoreThanTheirRunHolds(dataBytes: Int) throws {
    let encoder = BoltPageEncoder()
    let tableBytes = 16 + 16 * 65_534
    let run = encoder.runLength(tableBytes + dataBytes)
    var leaf = encoder.header(3, flags: 2, count: 65_534, overflow: run - 1)
    leaf.reserveCapacity(tableBytes)
    for index in 0..<65_534 {
      leaf += [0, 0, 0, 0]
      for field in [tableBytes - 16 - 16 * index, 1, dataBytes - 1] {
        leaf += [UInt8(field & 0xFF), UInt8(field >> 8 & 0xFF), UInt8(field >> 16), 0]
      }
    }
    let rows = [encoder.bucketRow("a", on: 3), encoder.bucketRow("b", on: 3 + run)]
    let other = encoder.leaf(3 + run, [.init([1], [2])])
    let file = encoder.file(rows, pages: [3: leaf, 2 + run: [0], 3 + run: other])
    let source = RecordingSource(MemorySource(file))
    let walk = try Walk(source)
    let runBytes = Int(run) * 4096
    let handedOn = walk.rows.reduce(0) { $0 + $1.key.count + $1.value.count }
    let codes: [BoltError.Code] = [.elementsNotDense, .keyOrder] + (dataBytes > 1 ? [.elementsOverlap] : [])
    #expect(walk.errors.map(\.code) == codes)
    #expect(handedOn <= runBytes + 2)
    #expect(walk.rows.count == min(65_534, runBytes / dataBytes) + 1)
    #expect(walk.rows.last?.value == [2], "the next bucket still comes")
    #expect(source.record().bytes < 4 * runBytes)
    expectUsedBytesWithinRuns(walk, pageSize: 4096)
  }

  @Test func overlappingBranchElementsHandOnNoMoreThanTheirRunHolds() throws {
    let encoder = BoltPageEncoder(pageSize: 512)
    var branch = encoder.header(3, flags: 1, count: 20, overflow: 0)
    for index in 0..<20 {
      branch += [UInt8((320 - 16 * index) & 0xFF), UInt8((320 - 16 * index) >> 8), 0, 0, 150, 0, 0, 0]
      branch += [4 + UInt8(index), 0, 0, 0, 0, 0, 0, 0]
    }
    let walk = try Walk(encoder.file([encoder.bucketRow("key", on: 3)], pages: [3: branch]))
    #expect(walk.errors.map(\.code).last == .elementsOverlap)
    #expect(walk.errors.filter { $0.code == .pageOutOfBounds }.count == 3)
    expectUsedBytesWithinRuns(walk, pageSize: 512)
  }

  private func expectUsedBytesWithinRuns(_ walk: Walk, pageSize: UInt64) {
    #expect(walk.pages.allSatisfy { $0.usedBytes <= (UInt64($0.overflow) + 1) * pageSize })
  }

  // MARK: Sizes and flags

  /// bbolt's limits on what a leaf's row may hold.
  @Test(arguments: [(0, true), (1, false), (32_768, false), (32_769, true), (200_000, true)])
  func keySizeIsCheckedAndTheRowStillComes(length: Int, isWrong: Bool) throws {
    let root = BoltBucket([
      "key": BoltBucket([.init([UInt8](repeating: 1, count: length), [7]), .init([2], [8])], layout: .pages)
    ])
    let image = BoltWriter().image(root)
    let leaf = image.leafPages(ofBucket: "key")[0]
    let walk = try Walk(image.bytes)
    let expected = BoltError(
      .keySize, page: PageID(leaf.number), offset: ByteOffset(UInt64(leaf.offset + 16)), found: UInt64(length),
      bound: 32_768)
    #expect(walk.errors == (isWrong ? [expected] : []))
    #expect(walk.rows == root.rows())
  }

  @Test(arguments: [0, 32_769])
  func keySizeOfABranchIsCheckedAndTheSubtreeStillComes(length: Int) throws {
    let encoder = BoltPageEncoder()
    let pages: [UInt64: [UInt8]] = [
      3: encoder.branch(3, [([UInt8](repeating: 1, count: length), 20), ([2], 21)]),
      20: encoder.leaf(20, [.init([1, 2], [5])]), 21: encoder.leaf(21, [.init([2], [6])]),
    ]
    let walk = try Walk(encoder.file([encoder.bucketRow("key", on: 3)], pages: pages))
    #expect(walk.findings == [Finding(.keySize, page: 3, at: 3 * 4096 + 16)])
    #expect(walk.rows.map(\.value) == [[5], [6]])
  }

  /// 2^31 − 1 bytes in a value, which only a file of that length can claim.
  @Test func valueLongerThanBboltAcceptsIsTold() throws {
    let encoder = BoltPageEncoder()
    let limit = Element.maximumValueBytes
    for size in [limit, limit + 1] {
      let overflow = UInt64(size) / 4096 + 1
      var leaf = encoder.header(3, flags: 2, count: 2, overflow: overflow)
      for (position, keySize, valueSize) in [(32, 1, 4), (21, 1, size)] {
        leaf +=
          [0, 0, 0, 0]
          + [position, keySize, valueSize].flatMap { field in
            (0..<4).map { UInt8(field >> (8 * $0) & 0xFF) }
          }
      }
      leaf += [1, 9, 9, 9, 9, 2]
      let rows = [encoder.bucketRow("key", on: 3), encoder.bucketRow("other", on: 4 + overflow)]
      let head = encoder.file(rows, pages: [3: leaf], highWater: 5 + overflow)
      let other = encoder.leaf(4 + overflow, [.init([3], [3])])
      let source = RecordingSource(
        SparseSource(byteCount: (5 + overflow) * 4096, [0: head, (4 + overflow) * 4096: other]))
      let walk = try Walk(source)
      let tooLarge = Finding(.elementTooLarge, page: 3, at: 3 * 4096 + 53)
      let tooLong = Finding(.valueSize, page: 3, at: 3 * 4096 + 32)
      #expect(walk.findings == (size > limit ? [tooLong, tooLarge] : [tooLarge]))
      #expect(walk.rows.map(\.key) == [[1], [3]])
      #expect(source.record().largest <= 65_536)
    }
  }

  @Test(arguments: [2, 4, 0x8000_0000, 0xFFFF_FFFE] as [UInt64])
  func flagsWithoutMeaningAreTold(flags: UInt64) throws {
    var victim = Victim()
    let leaf = victim.leaves[4]
    victim.image[leaf, row: 1, .flags] = flags
    let walk = try victim.walk()
    #expect(walk.findings == [Finding(.elementFlags, page: leaf.number, at: victim.image.element(1, of: leaf))])
    #expect(walk.rows == victim.root.rows())
  }

  // MARK: Order

  @Test func keysOutOfOrderAreToldAndDelivered() throws {
    var victim = Victim()
    let leaf = victim.leaves[4]
    let keys = (0..<3).map { victim.image.row($0, of: leaf).key }
    for (first, second) in [(0, 1), (1, 2), (0, 2)] {
      var image = victim.image
      image.patch(at: keys[first].lowerBound, bytes: Array(victim.image.bytes[keys[second]]))
      image.patch(at: keys[second].lowerBound, bytes: Array(victim.image.bytes[keys[first]]))
      let walk = try Walk(image.bytes)
      #expect(walk.findings == [Finding(.keyOrder, page: leaf.number, at: keys[first + 1].lowerBound)])
      #expect(Set(walk.rows.map(\.key)) == Set(victim.root.rows().map(\.key)))
      #expect(walk.rows.count == victim.root.rows().count)
    }
    victim.image.patch(at: keys[1].lowerBound, bytes: Array(victim.image.bytes[keys[0]]))
    #expect(try victim.walk().findings == [Finding(.keyOrder, page: leaf.number, at: keys[1].lowerBound)])
  }

  @Test func keyBelowTheParentsKeyIsTold() throws {
    var victim = Victim()
    let key = victim.image.row(0, of: victim.leaves[4]).key.lowerBound
    victim.image.patch(at: key, bytes: [UInt8](repeating: 0, count: 8))
    let walk = try victim.walk()
    #expect(walk.findings == [Finding(.keyRange, page: victim.leaves[4].number, at: key)])
    #expect(walk.rows.count == victim.root.rows().count)
  }

  /// The next key in the parent, or, on a parent's last page, the next key above it.
  @Test(arguments: [4, 5])
  func keyAboveTheRangeIsTold(index: Int) throws {
    var victim = Victim()
    let leaf = victim.leaves[index]
    let next = victim.image.row(0, of: victim.leaves[index + 1]).key
    let key = victim.image.row(2, of: leaf).key.lowerBound
    victim.image.patch(at: key, bytes: Array(victim.image.bytes[next]))
    let walk = try victim.walk()
    #expect(walk.findings == [Finding(.keyRange, page: leaf.number, at: key)])
    #expect(walk.rows.count == victim.root.rows().count)
  }

  @Test func lastKeyOfATreeHasNoUpperBound() throws {
    var victim = Victim()
    victim.image.patch(
      at: victim.image.row(2, of: victim.leaves[8]).key.lowerBound, bytes: [UInt8](repeating: 0xFF, count: 8))
    #expect(try victim.walk().errors == [])
  }

  @Test func keysOfABranchOutOfOrderAreTold() throws {
    var victim = Victim()
    let branch = victim.branches[1]
    let keys = [1, 2].map { victim.image.branchKey($0, of: branch) }
    let second = Array(victim.image.bytes[keys[1]..<keys[1] + 8])
    victim.image.patch(at: keys[0], bytes: second)
    let walk = try victim.walk()
    let first = victim.image.row(0, of: victim.leaves[4]).key.lowerBound
    let expected = [
      Finding(.keyRange, page: victim.leaves[4].number, at: first),
      Finding(.keyOrder, page: branch.number, at: keys[1]),
    ]
    #expect(walk.findings == expected)
    #expect(walk.rows == victim.root.rows())
  }
}
