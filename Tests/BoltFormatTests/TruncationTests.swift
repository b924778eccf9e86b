import BoltFormat
import TestSupport
import Testing

/// A file that was cut short is read as far as it goes, and said to be cut short.
@Suite(.timeLimit(.minutes(20))) struct TruncationTests {
  private static let pageSize = 512
  private static let root: BoltBucket = {
    let rows = (1...20 as ClosedRange<UInt64>).map {
      BoltBucket.Entry([UInt8](bigEndian: $0), [UInt8](repeating: UInt8($0), count: 60))
    }
    let long = BoltBucket([.init("a", [UInt8](repeating: 1, count: 1500)), .init("b", [2])], layout: .pages)
    return BoltBucket(["key": BoltBucket(rows, packing: .init(rowsPerLeaf: 3, childrenPerBranch: 3)), "long": long])
  }()

  private static let images: [BoltImage] = [BoltWriter.Placement.childrenFirst, .parentsFirst, .shuffled(seed: 5)].map {
    var writer = BoltWriter(pageSize: pageSize)
    writer.placement = $0
    writer.freelist = .stored
    writer.freePages[5] = []
    return writer.image(root)
  }

  private static let lengths: [Int] = {
    let full = images.map(\.bytes.count).max() ?? 0
    let pages = stride(from: 0, through: full, by: pageSize).flatMap { [$0 - 1, $0, $0 + 1] }
    return Set(pages + Array(stride(from: 0, to: full, by: 97))).filter { $0 >= 0 && $0 <= full }.sorted()
  }()

  @Test(arguments: images.indices)
  func fileOfEveryLengthIsReadAsFarAsItGoes(index: Int) throws {
    let image = Self.images[index]
    let all = Set(Self.root.rows())
    for length in Self.lengths where length <= image.bytes.count {
      let bytes = Array(image.bytes.prefix(length))
      guard length >= 80 else {
        #expect(throws: BoltError(.fileTooShort, found: UInt64(length))) { try Walk(bytes) }
        continue
      }
      let walk = try Walk(bytes)
      let isCut = length < image.bytes.count
      #expect(walk.errors.contains { $0.code == .truncated } == isCut)
      #expect(Set(walk.rows).isSubset(of: all))
      #expect(isCut || walk.errors.isEmpty && walk.rows == Self.root.rows())
      #expect(walk.errors.contains { !$0.isHarmless } == isCut)
    }
  }

  /// Nothing but free pages is missing: bbolt would not notice.
  @Test func missingFreePageIsTruncationToo() throws {
    var writer = BoltWriter(pageSize: Self.pageSize)
    writer.freePages[40] = []
    let image = writer.image(Self.root)
    let walk = try Walk(Array(image.bytes.dropLast(Self.pageSize)))
    let end = ByteOffset(UInt64(40 * Self.pageSize))
    #expect(walk.errors == [BoltError(.truncated, page: PageID(40), offset: end, found: 40, bound: 41)])
    #expect(walk.rows == Self.root.rows())
  }

  /// Each page lost from the end costs the rows on it and below it, and no others.
  @Test func pagesBeforeTheCutStillGiveTheirRows() throws {
    var writer = BoltWriter(pageSize: Self.pageSize)
    writer.placement = .parentsFirst
    let image = writer.image(Self.root)
    let places = try Walk(image.bytes).places
    for pages in 2...image.highWater {
      let length = Int(pages) * Self.pageSize
      let walk = try Walk(Array(image.bytes.prefix(length)))
      let whole = places.filter { image.page($0.page).numbers.upperBound <= pages }
      #expect(walk.places == whole)
    }
  }

  @Test(arguments: [1, 32, 511])
  func bytesBehindTheLastWholePageAreLeftAside(extra: Int) throws {
    let walk = try Walk(Self.images[0].bytes + [UInt8](repeating: 0xAB, count: extra))
    #expect(walk.errors == [])
    #expect(walk.rows == Self.root.rows())
  }

  /// A snapshot's trailer must not stand in for a page.
  @Test func trailerDoesNotMakeUpForAMissingPage() throws {
    let cut = Self.images[0].bytes.dropLast(32)
    let walk = try Walk(Array(cut) + [UInt8](repeating: 0xAB, count: 31))
    #expect(walk.errors.first?.code == .truncated)
  }
}
