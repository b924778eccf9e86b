import BoltFormat
import TestSupport
import Testing

/// What the writer put into a file comes out of it, and nothing else.
@Suite(.timeLimit(.minutes(20))) struct RoundTripTests {
  /// A file that has everything: inline, empty, nested and paged buckets, several levels, overflow runs short and long.
  private static func everything(pageSize: Int) -> BoltBucket {
    var random = SeededGenerator(seed: UInt64(pageSize))
    let rows = (1...40 as ClosedRange<UInt64>).map { number in
      BoltBucket.Entry([UInt8](bigEndian: number), random.value(Int(number * number) % 90))
    }
    let sizes = [0, pageSize, 1, 2 * pageSize + 17, 5]
    let runs = sizes.enumerated().map { BoltBucket.Entry([UInt8]("k\($0)".utf8), random.value($1)) }
    var nested = BoltBucket(rows.prefix(5) + [.init("sub", BoltBucket(runs))], layout: .pages)
    nested["deep"] = BoltBucket(["deeper": BoltBucket(rows)])
    let inline = BoltBucket(Array(rows.prefix(2)), layout: .inline)
    let count = pageSize > 65_536 ? 20 : 3
    return BoltBucket([
      "empty": BoltBucket(),
      "emptyPage": BoltBucket(layout: .pages),
      "inline": inline,
      "inlineOfInline": BoltBucket([.init("a", inline), .init("b", [1])], layout: .inline),
      "key": BoltBucket(rows, packing: .init(rowsPerLeaf: count, childrenPerBranch: count)),
      "nested": nested,
      "runs": BoltBucket(runs, packing: .init(rowsPerLeaf: 3)),
    ])
  }

  private static func expectSound(_ image: BoltImage, _ root: BoltBucket) throws {
    let walk = try Walk(image.bytes)
    #expect(walk.errors == [])
    #expect(walk.rows == root.rows())
    #expect(walk.reachable == image.reachableNumbers)
    for (row, place) in zip(walk.rows, walk.places) {
      #expect(image.bytes[place.keyOffset...].starts(with: row.key))
      #expect(image.bytes[place.valueOffset...].starts(with: row.value.prefix(200)))
      #expect(image.page(place.page).offset == Int(place.page) * image.pageSize)
    }
    expectPagesFinished(walk, image)
  }

  /// Every page of the trees is finished once, after those below it, with what the writer put on it.
  private static func expectPagesFinished(_ walk: Walk, _ image: BoltImage) {
    let pages = image.pages.filter { $0.owner == .newest && $0.bucket != nil && !$0.isInline }
    #expect(walk.pages.map(\.page.rawValue).sorted() == pages.map(\.number).sorted())
    for use in walk.pages {
      let page = image.page(use.page.rawValue)
      #expect(use.kind == (page.kind == .leaf ? .leaf : .branch))
      #expect(UInt64(use.overflow) == page.overflow)
      #expect(use.elements == Int(image[page, .count]))
      #expect(use.usedBytes > page.overflow * UInt64(image.pageSize), "slack is less than a page")
      #expect(use.usedBytes <= (page.overflow + 1) * UInt64(image.pageSize))
    }
  }

  @Test(arguments: [512, 1024, 4096, 16_384, 65_536, 1 << 20], BoltWriter.ByteOrder.allCases)
  func rowsComeOutAsTheyWentIn(pageSize: Int, byteOrder: BoltWriter.ByteOrder) throws {
    let root = Self.everything(pageSize: pageSize)
    let image = BoltWriter(pageSize: pageSize, byteOrder: byteOrder).image(root)
    try Self.expectSound(image, root)
    let tree = try Tree(MemorySource(image.bytes))
    #expect(tree.meta.byteOrder == byteOrder.expected)
    #expect(tree.meta.pageSize == pageSize)
    #expect(tree.imageBytes == UInt64(image.bytes.count))
    #expect(!tree.isTruncated)
  }

  @Test(arguments: [BoltWriter.Freelist.notStored, .stored, .storedLong], BoltWriter.ByteOrder.allCases)
  func freelistsInAnyFormAreSound(freelist: BoltWriter.Freelist, byteOrder: BoltWriter.ByteOrder) throws {
    let root = Self.everything(pageSize: 1024)
    for metas in [BoltWriter.MetaStyle.snapshot, .rawCopy] {
      for txid in [8, 9] as [UInt64] {
        var writer = BoltWriter(pageSize: 1024, byteOrder: byteOrder)
        writer.freelist = freelist
        writer.metas = metas
        writer.txid = txid
        writer.freePages = [3: [], 6: [UInt8](repeating: 0xEE, count: 3000), 200: [1, 2, 3]]
        writer.tail = [UInt8](repeating: 0xDD, count: 5 * 1024 + 32)
        var old = root
        old["key"] = BoltBucket([.init("old", [1])], layout: .pages)
        let image = writer.image(root, previous: old)
        try Self.expectSound(image, root)
        let tree = try Tree(MemorySource(image.bytes))
        #expect(tree.meta.storesFreelist == (freelist != .notStored))
        #expect(tree.meta.txid == txid)
        #expect(tree.currentMetaNumber == (metas == .snapshot ? 0 : txid % 2))
        #expect(tree.metas.describeOneTree == (metas == .snapshot))
      }
    }
  }

  @Test func freelistOfMoreEntriesThanItsHeaderCanCountIsSound() throws {
    var writer = BoltWriter(pageSize: 512)
    writer.freelist = .stored
    writer.freePages = [2: [UInt8](repeating: 0, count: 65_600 * 512)]
    let root = BoltBucket(["key": BoltBucket([.init("a", [1])], layout: .pages)])
    let image = writer.image(root)
    let walk = try Walk(image.bytes)
    #expect(image[image.pages(.freelist)[0], .count] == 0xFFFF)
    #expect(walk.errors == [])
    #expect(walk.rows == root.rows())
  }

  @Test(arguments: [BoltWriter.Placement.childrenFirst, .parentsFirst, .shuffled(seed: 3)])
  func orderOfPagesInTheFileDoesNotMatter(placement: BoltWriter.Placement) throws {
    let root = Self.everything(pageSize: 512)
    var writer = BoltWriter(pageSize: 512)
    writer.placement = placement
    try Self.expectSound(writer.image(root), root)
  }

  @Test(arguments: BoltWriter.ByteOrder.allCases)
  func fullestLeafIsRead(byteOrder: BoltWriter.ByteOrder) throws {
    let rows = (1...65_535 as ClosedRange<UInt64>).map { BoltBucket.Entry([UInt8](bigEndian: $0 << 40), []) }
    let root = BoltBucket(["key": BoltBucket(rows, packing: .init(fill: .infinity))])
    let image = BoltWriter(byteOrder: byteOrder).image(root)
    let walk = try Walk(image.bytes)
    #expect(walk.errors == [])
    #expect(walk.rows == root.rows())
    #expect(walk.pages.map(\.elements).max() == 65_534)
    #expect(walk.reachable == image.reachableNumbers)
  }

  /// The reader holds 64 KiB of a run at once; these runs, tables and elements lie on both sides of that.
  @Test(arguments: [512, 4096, 65_536, 1 << 20])
  func runsBeyondTheReadersWindowAreRead(pageSize: Int) throws {
    var random = SeededGenerator(seed: 7)
    let sizes = [10, 300_000, 0, 65_536, 3, 65_400, 700_000, 65_520, 1]
    let large = sizes.enumerated().map { BoltBucket.Entry([UInt8]("large\($0)".utf8), random.value($1)) }
    let many = (1...9000 as ClosedRange<UInt64>).map {
      BoltBucket.Entry([UInt8](bigEndian: $0), random.bytes(Int($0 % 13)))
    }
    // A leaf for each of the branch's elements: not with large pages.
    let wide = (1...(pageSize <= 4096 ? 2500 : 3) as ClosedRange<UInt64>).map {
      BoltBucket.Entry([UInt8](bigEndian: $0) + [UInt8](repeating: 7, count: 30), [UInt8($0 % 251)])
    }
    let whole = BoltWriter.Packing(fill: .infinity)
    let root = BoltBucket([
      "inline": BoltBucket(large, layout: .inline),
      "large": BoltBucket(large, packing: whole),
      "many": BoltBucket(many, packing: whole),
      "wideBranch": BoltBucket(wide, packing: .init(rowsPerLeaf: 1, fill: .infinity)),
    ])
    let image = BoltWriter(pageSize: pageSize).image(root)
    let walk = try Walk(image.bytes)
    #expect(walk.errors == [])
    #expect(walk.rows == root.rows())
    #expect(walk.reachable == image.reachableNumbers)
  }

  /// Of a run beyond 64 KiB, the reader holds the first page, at most 64 KiB of it: the first row ends a few bytes
  /// before, at, or after that edge.
  @Test(arguments: [4096, 65_536, 1 << 17], -3...3)
  func rowAtTheEdgeOfTheWindowIsRead(pageSize: Int, distance: Int) throws {
    let end = min(pageSize, 65_536) + distance
    let first = BoltBucket.Entry([1], [UInt8](repeating: 0xAA, count: end - 16 - 3 * 16 - 1))
    let rows = [first, .init([2], [0xBB, 0xCC]), .init([3], [UInt8](repeating: 0xDD, count: 70_000))]
    let root = BoltBucket(["key": BoltBucket(rows, packing: .init(fill: .infinity))])
    try Self.expectSound(BoltWriter(pageSize: pageSize).image(root), root)
  }

  @Test(arguments: [1, 32_768])
  func shortestAndLongestKeysAreSound(length: Int) throws {
    let rows = (1...5 as ClosedRange<UInt8>).map {
      BoltBucket.Entry([UInt8](repeating: $0, count: length), [$0])
    }
    let root = BoltBucket(["key": BoltBucket(rows, layout: .pages, packing: .init(rowsPerLeaf: 2))])
    try Self.expectSound(BoltWriter(pageSize: 512).image(root), root)
  }

  /// Deleting all rows of a leaf leaves an empty page in the tree (bbolt: cursor.go steps over it).
  @Test func emptyLeafInsideATreeIsSound() throws {
    var victim = Victim()
    victim.image[victim.leaves[4], .count] = 0
    let walk = try victim.walk()
    #expect(walk.errors == [])
    #expect(walk.rows == victim.rows(withoutLeaves: [4]))
  }

  @Test func emptyRootBucketIsSound() throws {
    let walk = try Walk(BoltWriter().image(BoltBucket()).bytes)
    #expect(walk.errors == [])
    #expect(walk.rows == [])
    #expect(walk.buckets == [])
    #expect(walk.reachable == [0, 1, 2])
  }

  @Test func bucketsAreDescribedAsTheyAreStored() throws {
    var paged = BoltBucket([.init("sub", BoltBucket())], layout: .pages)
    paged.sequence = 77
    let image = BoltWriter().image(BoltBucket(["a": BoltBucket(), "b": paged]))
    let buckets = try Walk(image.bytes).buckets
    let inlineOffset = ByteOffset(UInt64(image.bucketHeader(["a"]) + 16))
    #expect(buckets.map(\.name) == ["a", "b", "sub"].map { Array($0.utf8) })
    #expect(buckets.map(\.nesting) == [1, 1, 2])
    #expect(buckets.map(\.sequence) == [0, 77, 0])
    #expect(buckets.prefix(2).map(\.offset.rawValue) == ["a", "b"].map { UInt64(image.bucketHeader([$0])) })
    #expect(buckets[0].root == .inline(offset: inlineOffset, byteCount: 16))
    #expect(buckets[1].root == .page(PageID(image.rootPage(ofBucket: ["b"]).number)))
    let holders = [[], [], ["b"]].map { image.rootPage(ofBucket: $0).number }
    #expect(buckets.map(\.page.rawValue) == holders)
  }
}

extension SeededGenerator {
  /// Bytes with random ends, quicker to make and to compare than random ones.
  fileprivate mutating func value(_ count: Int) -> [UInt8] {
    guard count > 200 else { return bytes(count) }
    return bytes(100) + [UInt8](repeating: UInt8(truncatingIfNeeded: next()), count: count - 200) + bytes(100)
  }
}

extension Tree {
  fileprivate var currentMetaNumber: UInt64 { metas.currentPage.rawValue }
}
