import BoltFormat
import TestSupport
import Testing

/// What a page claims costs neither memory nor time: the source is asked for windows of 64 KiB, and for single elements.
@Suite(.timeLimit(.minutes(20))) struct MemoryBoundTests {
  private static let windowBytes = 65_536
  private let encoder = BoltPageEncoder()

  /// A leaf page over `pages` pages; each row's value starts with `spread` bytes of nothing.
  private func forgedLeaf(pages: UInt64, elements: [(position: Int, key: Int, value: Int)]) -> [UInt8] {
    var page = encoder.header(3, flags: 2, count: elements.count, overflow: pages - 1)
    for element in elements {
      for field in [0, element.position, element.key, element.value] {
        page += (0..<4).map { UInt8(field >> (8 * $0) & 0xFF) }
      }
    }
    return page
  }

  private func source(_ page: [UInt8], pages: UInt64) -> RecordingSource {
    let head = encoder.file([encoder.bucketRow("key", on: 3)], pages: [3: page], highWater: 3 + pages)
    return RecordingSource(SparseSource(byteCount: (3 + pages) * 4096, [0: head]))
  }

  @Test(arguments: [16, 17, 16_384] as [UInt64])
  func runOfAWholeFileIsReadThroughAWindow(pages: UInt64) throws {
    let step = Int(pages) * 4096 / 8
    let elements = (0..<7).map { (position: 16 * (7 - $0) + $0 * step, key: 10, value: 20) }
    let source = source(forgedLeaf(pages: pages, elements: elements), pages: pages)
    let walk = try Walk(source)
    let record = source.record()
    #expect(walk.rows.count == 7)
    #expect(walk.errors.map(\.code) == [.elementsNotDense, .keyOrder])
    #expect(record.largest <= Self.windowBytes)
    #expect(record.bytes <= 3 * Self.windowBytes)
  }

  /// The run is the page's, but nothing of it is needed.
  @Test func emptyLeafOverAWholeFileReadsOneWindow() throws {
    let source = source(forgedLeaf(pages: 16_384, elements: []), pages: 16_384)
    let walk = try Walk(source)
    #expect(walk.errors == [])
    #expect(walk.reachable.count == 16_387)
    #expect(source.record().largest <= Self.windowBytes)
  }

  @Test func elementIsReadAtItsOwnLengthUpTo64MiB() throws {
    let limit = Tree.maximumElementBytes
    let pages = UInt64(limit / 4096 + 2)
    for (value, findings) in [
      (1 << 20, []), (limit - 1, []), (limit, [Finding(.elementTooLarge, page: 3, at: 3 * 4096 + 32)]),
    ] {
      let source = source(forgedLeaf(pages: pages, elements: [(16, 1, value)]), pages: pages)
      let tree = try Tree(source)
      var cursor = tree.cursor(over: try #require(tree.bucket(named: "key".utf8)))
      var errors: [BoltError] = []
      let found = cursor.next { errors.append($0) }
      #expect(errors.map { Finding($0) } == findings)
      #expect(found == findings.isEmpty)
      let record = source.record()
      #expect(record.largest <= (found ? value + 1 : Self.windowBytes))
      #expect(record.bytes <= value + 4 * Self.windowBytes)
    }
  }

  /// A table of 320 KB, its data far behind it.
  @Test func longElementTableIsReadOnce() throws {
    let pages: UInt64 = 16_384
    let count = 20_000
    let elements = (0..<count).map { (position: 32 << 20, key: 0, value: $0 % 2) }
    let source = source(forgedLeaf(pages: pages, elements: elements), pages: pages)
    let walk = try Walk(source)
    let record = source.record()
    #expect(walk.rows.count == count)
    #expect(record.largest <= Self.windowBytes)
    #expect(record.bytes <= 16 * count + count + 4 * Self.windowBytes)
  }

  @Test func longBranchIsReadThroughAWindow() throws {
    let pages: UInt64 = 16_384
    var page = encoder.header(3, flags: 1, count: 20_000, overflow: pages - 1)
    for _ in 0..<20_000 {
      page += [0, 0, 0, 2, 1, 0, 0, 0] + [UInt8](repeating: 0xFF, count: 8)
    }
    let source = source(page, pages: pages)
    let walk = try Walk(source)
    let record = source.record()
    #expect(Set(walk.errors.map(\.code)) == [.elementsNotDense, .keyOrder, .pageOutOfBounds])
    #expect(walk.errors.count == 20_002)
    #expect(record.largest <= Self.windowBytes)
    #expect(record.bytes <= 16 * 20_000 + 2 * 20_000 + 40 * Self.windowBytes)
  }

  @Test func forgedFreelistIsReadInPieces() throws {
    let pages: UInt64 = 16_384
    var page = encoder.freelist(3, [UInt64](repeating: 9, count: 100), isLong: true)
    page.replaceSubrange(8..<24, with: [0x10, 0, 0xFF, 0xFF, 0xFF, 0x3F, 0, 0] + [0, 0, 0x7F, 0, 0, 0, 0, 0])
    var head = encoder.file([], pages: [3: page], highWater: 3 + pages)
    for number in 0..<2 as Range<UInt64> {
      let meta = encoder.meta(number, root: 2, freelist: 3, highWater: 3 + pages, txid: 2 - number)
      head.replaceSubrange(Int(number) * 4096..<Int(number) * 4096 + meta.count, with: meta)
    }
    let source = RecordingSource(SparseSource(byteCount: (3 + pages) * 4096, [0: head]))
    let walk = try Walk(source)
    let record = source.record()
    #expect(Set(walk.errors.map(\.code)) == [.freelistOrder, .freelistReachable, .freelistID])
    #expect(record.largest <= Self.windowBytes)
  }

  /// A high-water mark of 2^60 pages on a file of a few: tables are sized by the file.
  @Test func tablesAreSizedByTheFile() throws {
    var victim = Victim()
    victim.image.setMetas(.highWater, to: 1 << 60)
    let tree = try Tree(MemorySource(victim.image.bytes))
    #expect(tree.pageBound == UInt64(victim.image.bytes.count / 512))
  }
}
