import BoltFormat
import TestSupport
import Testing

/// Freelists that bbolt doesn't write. They never cost a row: no page is left out because a freelist names it.
@Suite(.timeLimit(.minutes(20))) struct HostileFreelistTests {
  private func expect(
    _ expected: [Finding], _ form: BoltWriter.Freelist = .stored, _ change: (inout Victim) -> Void
  ) throws {
    for byteOrder in BoltWriter.ByteOrder.allCases {
      var victim = Victim(byteOrder: byteOrder, freelist: form)
      #expect(try victim.walk().errors == [])
      change(&victim)
      let walk = try victim.walk()
      #expect(walk.findings == expected)
      #expect(walk.rows == victim.root.rows())
    }
  }

  private let list = Victim(freelist: .stored).freelist
  private var start: Int { list.offset }
  private var bound: UInt64 { Victim(freelist: .stored).image.highWater }

  // MARK: The page

  @Test(arguments: [0, 1, 1 << 55, .max - 1] as [UInt64])
  func freelistThatIsNoPageIsNotRead(page: UInt64) throws {
    try expect([Finding(.pageOutOfBounds, page: 0, at: 48)]) { $0.image.setMetas(.freelist, to: page) }
  }

  @Test func freelistBeyondTheEndIsNotRead() throws {
    try expect([Finding(.pageOutOfBounds, page: 0, at: 48)]) { $0.image.setMetas(.freelist, to: $0.image.highWater) }
  }

  @Test func headerOfTheFreelistIsChecked() throws {
    try expect([Finding(.pageID, page: list.number, at: start)]) { $0.image[$0.freelist, .id] = 3 }
    try expect([Finding(.pageKind, page: list.number, at: start + 8)]) { $0.image[$0.freelist, .flags] = 2 }
    try expect([Finding(.pageKind, page: list.number, at: start + 8)]) { $0.image[$0.freelist, .flags] = 0x12 }
    for overflow in [1, 0xFFFF_FFFF] as [UInt64] {
      try expect([Finding(.overflowOutOfBounds, page: list.number, at: start + 12)]) {
        $0.image[$0.freelist, .overflow] = overflow
      }
    }
  }

  @Test func pageOfTheTreeIsNoFreelist() throws {
    let leaf = Victim(freelist: .stored).leaves[3]
    try expect([Finding(.pageKind, page: leaf.number, at: leaf.offset + 8)]) {
      $0.image.setMetas(.freelist, to: leaf.number)
    }
  }

  @Test func freelistOverPagesOfTheTreeIsNotRead() throws {
    let encoder = BoltPageEncoder(pageSize: 512)
    var list = encoder.freelist(3, [])
    list[12] = 1
    let leaf = encoder.leaf(4, [.init([1], [2])])
    var file = encoder.file([encoder.bucketRow("key", on: 4)], pages: [3: list, 4: leaf])
    for number in 0..<2 as Range<UInt64> {
      let meta = encoder.meta(number, root: 2, freelist: 3, highWater: 5, txid: 2 - number)
      file.replaceSubrange(Int(number) * 512..<Int(number) * 512 + meta.count, with: meta)
    }
    let walk = try Walk(file)
    #expect(walk.findings == [Finding(.pageClaimedTwice, page: 3, at: 3 * 512)])
    #expect(walk.rows.map(\.value) == [[2]])
  }

  // MARK: The count

  @Test func countThatDoesNotFitIsRefused() throws {
    for count in [63, 1000, 65_534] as [UInt64] {
      try expect([Finding(.freelistCount, page: list.number, at: start + 10)]) { $0.image[$0.freelist, .count] = count }
    }
  }

  /// 16 + 8 × 62 = 512: the zeros behind the real entries are read as page numbers.
  @Test func countMayFillThePage() throws {
    try expect([Finding(.freelistID, page: list.number, at: start + 16 + 3 * 8)]) {
      $0.image[$0.freelist, .count] = 62
    }
  }

  @Test(arguments: [62, 1 << 32, 1 << 61, (1 << 61) + 3, 1 << 63, .max - 1, .max] as [UInt64])
  func realCountThatDoesNotFitIsRefused(count: UInt64) throws {
    try expect([Finding(.freelistCount, page: list.number, at: start + 10)], .storedLong) { victim in
      victim.image.patch(
        at: victim.freelist.offset + 16, bytes: Self.stored(count, victim.image.byteOrder))
    }
  }

  @Test func realCountMayFillThePage() throws {
    try expect([Finding(.freelistID, page: list.number, at: start + 24 + 3 * 8)], .storedLong) { victim in
      victim.image.patch(at: victim.freelist.offset + 16, bytes: Self.stored(61, victim.image.byteOrder))
    }
  }

  // MARK: Entries

  private static func stored(_ number: UInt64, _ order: BoltWriter.ByteOrder) -> [UInt8] {
    let bytes = [UInt8](bigEndian: number)
    return order == .big ? bytes : bytes.reversed()
  }

  private func setEntry(_ index: Int, to number: UInt64) -> (inout Victim) -> Void {
    { victim in
      let place = victim.freelist.offset + 16 + 8 * index
      victim.image.patch(at: place, bytes: Self.stored(number, victim.image.byteOrder))
    }
  }

  @Test func entriesArePagesBelowTheHighWaterMark() throws {
    for number in [0, 1] as [UInt64] {
      try expect([Finding(.freelistID, page: list.number, at: start + 16)], setEntry(0, to: number))
    }
    for number in [bound, 1 << 40, .max] {
      try expect([Finding(.freelistID, page: list.number, at: start + 32)], setEntry(2, to: number))
    }
  }

  @Test func entriesAscendWithoutRepetition() throws {
    try expect([Finding(.freelistOrder, page: list.number, at: start + 24)], setEntry(1, to: 4))
    try expect([Finding(.freelistOrder, page: list.number, at: start + 24)]) { victim in
      setEntry(0, to: 8)(&victim)
      setEntry(1, to: 4)(&victim)
    }
  }

  @Test func pageOfTheTreeInTheFreelistIsToldAndRead() throws {
    let leaf = Victim(freelist: .stored).leaves[2].number
    let place = leaf < 8 ? 1 : 2
    try expect(
      [Finding(.freelistReachable, page: list.number, at: start + 16 + 8 * place)], setEntry(place, to: leaf))
  }

  @Test func freelistMustNotNameItsOwnPage() throws {
    try expect([Finding(.freelistReachable, page: list.number, at: start + 32)], setEntry(2, to: list.number))
  }

  /// Every leaf named as free: a reader that believed it would find nothing.
  @Test func freelistOfEverythingHidesNothing() throws {
    let expected: [BoltError.Code] = [.freelistReachable]
    var victim = Victim(freelist: .stored)
    let numbers = Array(2..<victim.freelist.number)
    victim.image[victim.freelist, .count] = UInt64(numbers.count)
    for (index, number) in numbers.enumerated() { setEntry(index, to: number)(&victim) }
    let walk = try victim.walk()
    #expect(walk.errors.map(\.code) == expected)
    #expect(walk.rows == victim.root.rows())
  }

  @Test func pagesThatNobodyNamesAreReported() throws {
    try expect([Finding(.freelistIncomplete, page: list.number, at: start)]) { $0.image[$0.freelist, .count] = 2 }
    var victim = Victim(freelist: .stored)
    victim.image[victim.freelist, .count] = 0
    let walk = try victim.walk()
    let expected = BoltError(
      .freelistIncomplete, page: PageID(list.number), offset: ByteOffset(UInt64(start)), found: 0, bound: 3)
    #expect(walk.errors == [expected])
    // It may be the only trace of a subtree that was cut off.
    #expect(walk.errors.allSatisfy { !$0.isHarmless })
  }
}

extension HostileFreelistTests {
  private func expect(_ expected: [Finding], _ change: (inout Victim) -> Void) throws {
    try expect(expected, .stored, change)
  }
}
