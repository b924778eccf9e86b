import TestSupport
import Testing

@Suite struct BoltWriterTests {
  private static let rows = (0..<100).map { BoltBucket.Entry([UInt8](bigEndian: $0), [UInt8](repeating: 7, count: 50)) }

  /// The file of bbolt 1.4.3 that the format reference takes apart.
  @Test func inlineBucketEqualsTheRealOne() {
    var writer = BoltWriter()
    writer.freePages = [2: [], 3: []]
    let rows = EtcdWriter(.v36, [.put("foo", "bar")]).rows
    let image = writer.image(BoltBucket(["key": BoltBucket(rows.map(\.entry))]))
    let expected = [UInt8](
      hex: """
        04 00 00 00 00 00 00 00  02 00 01 00 00 00 00 00
        01 00 00 00 10 00 00 00  03 00 00 00 51 00 00 00
        6b 65 79 00 00 00 00 00  00 00 00 00 00 00 00 00
        00 00 00 00 00 00 00 00  00 00 00 02 00 01 00 00
        00 00 00 00 00 00 00 10  00 00 00 11 00 00 00 10
        00 00 00 00 00 00 00 00  00 00 02 5f 00 00 00 00
        00 00 00 00 0a 03 66 6f  6f 10 02 18 02 20 01 2a
        03 62 61 72 00 00 00 00  00 00 00 00 00 00 00 00
        """)
    #expect(image.bytes[0x4000..<0x4080].elementsEqual(expected))
    #expect(image.bytes.count == 20480)
    #expect(image[meta: 0, .checksum] == 0x2976_99D1_71B1_7580)
    #expect(image.leafPages(ofBucket: "key").map(\.offset) == [0x4033])
  }

  @Test(arguments: [512, 4096, 65536], BoltWriter.ByteOrder.allCases)
  func mapAgreesWithTheHeaders(pageSize: Int, byteOrder: BoltWriter.ByteOrder) {
    var writer = BoltWriter(pageSize: pageSize, byteOrder: byteOrder)
    writer.packing = .init(rowsPerLeaf: 3, childrenPerBranch: 4)
    writer.placement = .shuffled(seed: 1)
    writer.freelist = .stored
    writer.freePages = [4: [], 11: [UInt8](repeating: 0xEE, count: pageSize + 1)]
    let image = writer.image(BoltBucket(["key": BoltBucket(Self.rows, layout: .pages), "meta": BoltBucket()]))
    let flags: [BoltImage.Page.Kind: UInt64] = [.branch: 1, .leaf: 2, .meta: 4, .freelist: 0x10]
    for page in image.pages where page.kind != .free {
      #expect(image[page, .id] == page.number)
      #expect(image[page, .flags] == flags[page.kind])
      #expect(image[page, .overflow] == page.overflow)
    }
    #expect(image.pages.flatMap(\.numbers).sorted() == Array(0..<image.highWater))
    #expect(image.freeNumbers.starts(with: [4, 11, 12]))
    #expect(image.rootPage(ofBucket: ["key"]).height == 3)
  }

  @Test func leavesComeInKeyOrderWhereverTheyLie() {
    var writer = BoltWriter()
    writer.packing.rowsPerLeaf = 1
    writer.placement = .shuffled(seed: 7)
    let image = writer.image(BoltBucket(["key": BoltBucket(Self.rows)]))
    let keys = image.leafPages(ofBucket: "key").map { Array(image.bytes[image.row(0, of: $0).key]) }
    #expect(keys == Self.rows.map(\.key))
  }

  @Test func bigValuesMakeOverflowRuns() {
    let image = BoltWriter().image(BoltBucket(["key": BoltBucket([.init("a", [UInt8](repeating: 1, count: 10_000))])]))
    let leaf = image.leafPages(ofBucket: "key")[0]
    #expect(leaf.overflow == 2)
    #expect(image.row(0, of: leaf).value.count == 10_000)
  }

  @Test func leafTakesAllTheRowsACountCanTell() {
    let rows = (0..<65_535).map { BoltBucket.Entry([UInt8](bigEndian: $0), []) }
    var writer = BoltWriter()
    writer.packing.fill = .infinity
    let image = writer.image(BoltBucket(["key": BoltBucket(rows)]))
    #expect(image.leafPages(ofBucket: "key").map { image[$0, .count] } == [65_534, 1])
  }

  @Test func extraLevelsAreBranchesOfOneElement() {
    var bucket = BoltBucket(Self.rows, packing: .init(fill: .infinity))
    bucket.extraLevels = 70
    let image = BoltWriter().image(BoltBucket(["key": bucket]))
    #expect(image.branchPages(ofBucket: "key").map { image[$0, .count] } == [UInt64](repeating: 1, count: 70))
  }

  @Test func rawCopyHoldsTwoTransactionsThatShareWhatDidNotChange() {
    var writer = BoltWriter()
    writer.metas = .rawCopy
    writer.txid = 9
    writer.freelist = .stored
    let same = BoltBucket(Self.rows, layout: .pages)
    let old = BoltBucket(["a": same, "b": BoltBucket([.init("k", [1])], layout: .pages)])
    let new = BoltBucket(["a": same, "b": BoltBucket([.init("k", [2])], layout: .pages)])
    let image = writer.image(new, previous: old)
    #expect(image[meta: 1, .txid] == 9 && image[meta: 0, .txid] == 8)
    #expect(image[meta: 1, .root] == image.rootPage(ofBucket: []).number)
    #expect(image[meta: 0, .root] == image.rootPage(ofBucket: [], owner: .previous).number)
    #expect(image.pages(.leaf, ofBucket: ["a"], owner: .previous).isEmpty)
    #expect(image.pages(.leaf, ofBucket: ["b"], owner: .previous).count == 1)
    #expect(image.freeNumbers.count == 3, "leaf b, root and freelist of the older transaction")
  }

  @Test func snapshotLeavesThePreviousTreeAsResidue() {
    let old = BoltBucket(["b": BoltBucket([.init("k", [1])], layout: .pages)])
    let image = BoltWriter().image(BoltBucket(["b": BoltBucket()]), previous: old)
    #expect(image[meta: 0, .root] == image[meta: 1, .root])
    #expect(image[meta: 0, .txid] == 2 && image[meta: 1, .txid] == 1)
    #expect(image.pages(.leaf, ofBucket: ["b"], owner: .previous).map(\.number) == [2])
  }

  @Test(arguments: BoltWriter.ByteOrder.allCases)
  func fieldsReadBackAsSet(byteOrder: BoltWriter.ByteOrder) {
    var writer = BoltWriter(byteOrder: byteOrder)
    writer.packing.rowsPerLeaf = 10
    var image = writer.image(BoltBucket(["key": BoltBucket(Self.rows)]))
    let (leaf, branch) = (image.leafPages(ofBucket: "key")[1], image.branchPages(ofBucket: "key")[0])
    #expect(image[bucket: "key", .root] == branch.number)
    image[leaf, .overflow] = 0xFFFF_FFFF
    image[leaf, row: 9, .valueSize] = 0x1234
    image[branch, child: 2, .child] = .max
    image[bucket: "key", .root] = 1
    image.setMetas(.highWater, to: 1 << 60)
    #expect(image[leaf, .overflow] == 0xFFFF_FFFF && image[leaf, .count] == 10)
    #expect(image[leaf, row: 9, .valueSize] == 0x1234 && image[leaf, row: 9, .keySize] == 8)
    #expect(image[branch, child: 2, .child] == .max && image[branch, child: 2, .keySize] == 8)
    #expect(image[bucket: "key", .root] == 1)
    for meta in 0..<2 {
      #expect(image[meta: meta, .highWater] == 1 << 60)
      let body = image.bytes[image.offset(of: UInt64(meta))...].dropFirst(16).prefix(56)
      #expect(image[meta: meta, .checksum] == BoltPageEncoder.checksum(body))
    }
  }
}
