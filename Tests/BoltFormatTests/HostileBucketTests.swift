import BoltFormat
import TestSupport
import Testing

/// Bucket values that bbolt doesn't write.
@Suite(.timeLimit(.minutes(20))) struct HostileBucketTests {
  private let encoder = BoltPageEncoder(pageSize: 1024)

  @Test(arguments: [0, 1, 1 << 54, .max] as [UInt64])
  func rootThatIsNoPageOfTheTreeIsNotFollowed(root: UInt64) throws {
    let sound = encoder.bucketRow("b", on: 3)
    let rows = [BoltPageEncoder.Row([0x61], encoder.bucket(root: root), flags: 1), sound]
    let walk = try Walk(encoder.file(rows, pages: [3: encoder.leaf(3, [.init([1], [2])])]))
    // Root 0 means inline, and there is no page image.
    let value = 2 * 1024 + 16 + 32 + 1
    let expected = Finding(root == 0 ? .bucketValue : .pageOutOfBounds, page: 2, at: value)
    #expect(walk.findings == [expected])
    #expect(walk.rows.last == Walk.Row(path: [[0x62]], key: [1], value: [2]))
  }

  @Test func rootOfAnotherBucketIsNotReadTwice() throws {
    var victim = Victim()
    victim.image[bucket: "zoo", .root] = victim.top.number
    let walk = try victim.walk()
    #expect(walk.findings == [.claimedTwice(victim.top)])
    #expect(walk.rows == victim.root.rows().filter { $0.path != [Array("zoo".utf8)] })
  }

  @Test func bucketThatLeadsToItsOwnParentEnds() throws {
    var victim = Victim()
    victim.image[bucket: "key", .root] = victim.rootLeaf.number
    let walk = try victim.walk()
    #expect(walk.findings == [.claimedTwice(victim.rootLeaf)])
    #expect(walk.rows == victim.root.rows().filter { $0.path != [Array("key".utf8)] })
  }

  /// The row is then all there is, and it is handed on as one.
  @Test(arguments: [0, 15, 16, 31])
  func valueTooShortForABucketIsARow(length: Int) throws {
    let value = [UInt8](repeating: 0, count: length)
    let rows: [BoltPageEncoder.Row] = [
      .init([0x61], value, flags: 1), encoder.inlineRow("b", encoder.leaf(0, [.init([1], [2])], isInline: true)),
    ]
    let walk = try Walk(encoder.file(rows))
    let expected = BoltError(
      .bucketValue, page: PageID(2), offset: ByteOffset(2 * 1024 + 16 + 32 + 1), found: UInt64(length),
      bound: length < 16 ? 16 : 32)
    #expect(walk.errors == [expected])
    #expect(
      walk.rows == [
        Walk.Row(path: [], key: [0x61], value: value), Walk.Row(path: [[0x62]], key: [1], value: [2]),
      ])
  }

  @Test(arguments: BoltWriter.ByteOrder.allCases)
  func plainValueInTheRootBucketIsToldAndDelivered(byteOrder: BoltWriter.ByteOrder) throws {
    let encoder = BoltPageEncoder(pageSize: 1024, byteOrder: byteOrder)
    let rows: [BoltPageEncoder.Row] = [.init([0x61], [1, 2, 3]), encoder.bucketRow("b", on: 3)]
    let walk = try Walk(encoder.file(rows, pages: [3: encoder.leaf(3, [.init([1], [2])])]))
    #expect(walk.findings == [Finding(.rootBucketValue, page: 2, at: 2 * 1024 + 16 + 32)])
    #expect(walk.rows.map(\.value) == [[1, 2, 3], [2]])
  }

  // MARK: Inline buckets

  /// What can be wrong with an inline bucket's page.
  enum Wrong: CaseIterable {
    case id, overflow, branch, meta, freelist, noFlags, count, table, element

    func apply(_ page: inout [UInt8]) {
      switch self {
      case .id: page[0] = 2
      case .overflow: page[12] = 1
      case .branch: page[8] = 1
      case .meta: page[8] = 4
      case .freelist: page[8] = 0x10
      case .noFlags: page[8] = 0
      case .count: (page[10], page[11]) = (0xFF, 0xFF)
      case .table: page[10] = 3
      case .element: page[28] = 2
      }
    }

    /// What is said, and where in the page.
    var finding: (code: BoltError.Code, offset: Int) {
      switch self {
      case .id, .overflow, .branch, .meta, .freelist, .noFlags: (.inlineBucket, 0)
      case .count: (.elementCount, 10)
      case .table: (.elementTable, 10)
      case .element: (.elementOutOfBounds, 16)
      }
    }
  }

  @Test(arguments: Wrong.allCases)
  func pageOfAnInlineBucketIsCheckedLikeAnyOther(wrong: Wrong) throws {
    var page = encoder.leaf(0, [.init([1], [2])], isInline: true)
    wrong.apply(&page)
    let sound = encoder.inlineRow("b", encoder.leaf(0, [.init([3], [4])], isInline: true))
    let walk = try Walk(encoder.file([encoder.inlineRow("a", page), sound]))
    let start = 2 * 1024 + 16 + 32 + 1 + 16
    #expect(walk.findings == [Finding(wrong.finding.code, page: 2, at: start + wrong.finding.offset)])
    #expect(walk.rows == [Walk.Row(path: [[0x62]], key: [3], value: [4])])
    #expect(walk.pages.map(\.page.rawValue) == [2])
  }

  // MARK: Nesting

  private func nested(_ levels: Int, _ layout: BoltBucket.Layout) -> BoltBucket {
    var bucket = BoltBucket([.init("row", [7])], layout: layout)
    for _ in 1..<levels { bucket = BoltBucket([.init("b", bucket), .init("row", [7])], layout: layout) }
    return BoltBucket(["b": bucket, "other": BoltBucket([.init("row", [8])])])
  }

  @Test(arguments: [BoltBucket.Layout.inline, .pages])
  func eightNestedBucketsAreFollowed(layout: BoltBucket.Layout) throws {
    let root = nested(8, layout)
    let walk = try Walk(BoltWriter(pageSize: 1024).image(root).bytes)
    #expect(walk.errors == [])
    #expect(walk.rows == root.rows())
    #expect(walk.buckets.map(\.nesting).max() == 8)
  }

  /// The ninth is handed on as a row of the eighth; nothing beside it is lost.
  @Test(arguments: [BoltBucket.Layout.inline, .pages], [9, 40])
  func deeperNestingIsToldAndNotFollowed(layout: BoltBucket.Layout, levels: Int) throws {
    let image = BoltWriter(pageSize: 1024).image(nested(levels, layout))
    let walk = try Walk(image.bytes)
    #expect(walk.errors.map(\.code) == [.bucketNesting])
    #expect(walk.rows.count == 10)
    #expect(walk.rows.first?.path.count == 8)
    #expect(walk.rows.first?.key == [0x62])
    #expect(walk.rows.filter { $0.value == [7] }.count == 8)
    #expect(walk.rows.last?.value == [8])
    #expect(walk.buckets.map(\.nesting).max() == 8)
    #expect(walk.path.isEmpty)
  }

  @Test func pagesOfEveryBucketAreClaimedInOneFile() throws {
    let page = encoder.leaf(3, [.init([1], [2])])
    let rows = (10..<30).map { encoder.bucketRow("b\($0)", on: 3) }
    let walk = try Walk(encoder.file(rows, pages: [3: page]))
    #expect(walk.findings == [Finding](repeating: Finding(.pageClaimedTwice, page: 3, at: 3 * 1024), count: 19))
    #expect(walk.rows.count == 1)
  }
}
