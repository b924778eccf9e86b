import TestSupport
import Testing

@testable import BoltFormat

@Suite struct PageSetTests {
  private func pages(_ set: PageSet) -> [UInt64] { (0..<set.capacity + 70).filter { set.contains(PageID($0)) } }

  @Test(arguments: [0, 1, 63, 64, 65, 127, 128, 129] as [UInt64])
  func newSetIsEmpty(capacity: UInt64) {
    let set = PageSet(capacity: capacity)
    #expect(set.count == 0)
    #expect(pages(set).isEmpty)
    #expect(!set.contains(PageID(.max)))
    #expect(set.words.count == Int((capacity + 63) / 64))
  }

  @Test func pageIsNewOnce() {
    var set = PageSet(capacity: 200)
    for page in [0, 63, 64, 127, 128, 199] as [UInt64] {
      #expect(!set.contains(PageID(page)))
      let isNew = set.insert(PageID(page))
      let isNewAgain = set.insert(PageID(page))
      #expect(isNew && !isNewAgain)
    }
    #expect(pages(set) == [0, 63, 64, 127, 128, 199])
    #expect(set.count == 6)
  }

  /// Every range of a set of 131 pages, against a plain set of numbers.
  @Test func everyRangeIsPutInWholeOrNotAtAll() {
    let capacity: UInt64 = 131
    for lower in 0...capacity {
      for upper in lower...capacity {
        var set = PageSet(capacity: capacity)
        let isFree = set.insertIfDisjoint(lower..<upper)
        guard isFree, set.count == upper - lower, pages(set) == Array(lower..<upper) else {
          Issue.record("\(lower)..<\(upper)")
          return
        }
      }
    }
  }

  @Test(arguments: [(10, 20), (60, 70), (0, 1), (64, 128), (63, 129), (130, 131), (0, 131)] as [(UInt64, UInt64)])
  func rangeThatOverlapsLeavesTheSetAsItWas(lower: UInt64, upper: UInt64) {
    for taken in 0..<131 as Range<UInt64> {
      var set = PageSet(capacity: 131)
      set.insert(PageID(taken))
      let before = set
      let isFree = set.insertIfDisjoint(lower..<upper)
      #expect(isFree == !(lower..<upper).contains(taken))
      #expect(isFree ? set.count == upper - lower + 1 : set == before)
    }
  }

  /// Long ranges, against a plain array: whole words, and whole words of words, lie inside them.
  @Test func longRangesAreDisjointOrNot() {
    let capacity: UInt64 = 20_000
    var random = SeededGenerator(seed: 4)
    for _ in 0..<100 {
      var set = PageSet(capacity: capacity)
      for _ in 0..<3 {
        let before = set
        let first = random.next() % capacity
        let range = first..<first + random.next() % (capacity - first) / (1 + random.next() % 4)
        let isTaken = range.contains { before.contains(PageID($0)) }
        let isFree = set.insertIfDisjoint(range)
        #expect(isFree == !isTaken)
        #expect(set.count == before.count + (isFree ? UInt64(range.count) : 0))
      }
    }
  }

  /// One page at the far end of 8 GiB of small pages, and runs that all reach it.
  @Test func longRunsThatMeetATakenPageAreRefused() {
    let capacity: UInt64 = 1 << 24
    for taken in [capacity - 1, capacity - 5000, capacity / 2] {
      var set = PageSet(capacity: capacity)
      set.insert(PageID(taken))
      for first in 0..<100 as Range<UInt64> {
        let isFree = set.insertIfDisjoint(first..<capacity)
        #expect(!isFree)
      }
      let isFree = set.insertIfDisjoint(0..<taken)
      #expect(isFree)
      #expect(set.count == taken + 1)
    }
  }

  @Test func emptyRangeIsAlwaysFree() {
    var set = PageSet(capacity: 64)
    let first = set.insertIfDisjoint(0..<64)
    let again = set.insertIfDisjoint(64..<64)
    #expect(first && again)
    #expect(set.count == 64)
  }

  @Test func maskCoversTheRangeWithinTheWord() {
    #expect(PageSet.mask(0, 0..<64) == .max)
    #expect(PageSet.mask(0, 0..<1) == 1)
    #expect(PageSet.mask(0, 63..<64) == 1 << 63)
    #expect(PageSet.mask(1, 3..<66) == 0b11)
    #expect(PageSet.mask(1, 70..<1000) == .max << 6)
    #expect(PageSet.mask(2, 3..<1000) == .max)
  }

  @Test func claimsRefuseASecondVisitAndARunThatIsTaken() {
    let claims = Claims(capacity: 10)
    #expect(claims.visit(PageID(3)))
    #expect(!claims.visit(PageID(3)), "it is visited, though not taken")
    #expect(claims.take(PageID(3), overflow: 2))
    #expect(!claims.visit(PageID(4)), "it belongs to the run of page 3")
    #expect(!claims.take(PageID(1), overflow: 2))
    #expect(claims.take(PageID(1), overflow: 1))
    #expect(claims.owned.count == 5)
    claims.removeAll()
    #expect(claims.owned.count == 0)
    #expect(claims.visit(PageID(3)))
  }
}
