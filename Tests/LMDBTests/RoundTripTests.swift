import ByteViews
import LMDB
import TestSupport
import Testing

/// What was stored is what is read.
@Suite(.timeLimit(.minutes(20))) struct RoundTripTests {
  @Test func entriesAreReadInTheOrderOfTheirKeys() throws {
    var random = SeededGenerator(seed: 1)
    let entries = random.entries(2000)
    let store = try TestStore([entries.shuffled(using: &random)])
    #expect(try store.entries() == entries)
  }

  @Test func keyThatAnotherOneBeginsWithComesBeforeIt() throws {
    let keys = ["a", "a\0", "a\0\0", "aa", "b"]
    let store = try TestStore([keys.reversed().map { Entry($0, "") }])
    #expect(try store.entries().map(\.key) == keys.map { Array($0.utf8) })
  }

  /// Values beside their keys, and on pages of their own.
  @Test(
    arguments: [0, 1, 2, 1000, 2000, 2030, 2031, 2032, 2033, 2034, 2040, 4079, 4080, 4081, 8175, 8176, 8177, 5 << 20])
  func valueOfEveryLengthIsRead(byteCount: Int) throws {
    var random = SeededGenerator(seed: 2)
    let entries = [Entry(random.bytes(1), random.bytes(byteCount)), Entry(random.bytes(511), random.bytes(byteCount))]
      .sorted { $0.key.lexicographicallyPrecedes($1.key) }
    let store = try TestStore([entries])
    #expect(try store.entries() == entries)
    var opened = try store.opened()
    _ = try opened.check()
  }

  @Test(arguments: [0, 512, 70_000])
  func keyOfAnotherLengthIsRefusedAndChangesNothing(byteCount: Int) throws {
    let store = try TestStore([[Entry("a", "1")]])
    var opened = try Environment(writing: store.path, tables: 4)
    let key = [UInt8](repeating: 7, count: byteCount)
    #expect(throws: LMDBError.keyLength(byteCount)) { try opened.put([Entry("b", "2"), Entry(key, [])], in: "rows") }
    #expect(try opened.entries(of: "rows") == [Entry("a", "1")])
    try opened.read { transaction throws(LMDBError) in
      let table = try transaction.table("rows")
      #expect(try transaction.copy(of: key, in: table) == nil)
    }
  }

  @Test func valueIsReplacedDeletedAndNotFound() throws {
    let store = try TestStore([[Entry("a", "1"), Entry("b", "2")], [Entry("a", "3")]])
    var opened = try Environment(writing: store.path, tables: 4)
    try opened.write { transaction throws(LMDBError) in
      let table = try transaction.table("rows")
      let value = try transaction.copy(of: Array("a".utf8), in: table)
      #expect(value == Array("3".utf8))
      #expect(try transaction.delete(Array("b".utf8).rawSpan, in: table))
      #expect(try !transaction.delete(Array("b".utf8).rawSpan, in: table))
      let none: [UInt8] = []
      #expect(try !transaction.delete(none.rawSpan, in: table))
    }
    #expect(try opened.entries(of: "rows") == [Entry("a", "3")])
  }

  @Test func appendedKeyMustComeAfterAllOthers() throws {
    let store = try TestStore()
    var opened = try Environment(writing: store.path, tables: 4)
    try opened.write { transaction throws(LMDBError) in
      let table = try transaction.makeTable("rows")
      for key in 0..<1000 as Range<UInt64> {
        try transaction.append([1].rawSpan, for: [UInt8](bigEndian: key).rawSpan, in: table)
      }
      for key in [0, 998, 999] as [UInt64] {
        var error: LMDBError?
        do throws(LMDBError) {
          try transaction.append([2].rawSpan, for: [UInt8](bigEndian: key).rawSpan, in: table)
        } catch let thrown { error = thrown }
        #expect(error == .keyOrder)
      }
      try transaction.append([3].rawSpan, for: [UInt8](bigEndian: 1000).rawSpan, in: table)
    }
    let expected = (0..<1000 as Range<UInt64>).map { Entry([UInt8](bigEndian: $0), [1]) }
    #expect(try opened.entries(of: "rows") == expected + [Entry([UInt8](bigEndian: 1000), [3])])
  }

  @Test(arguments: [0, 1, 100, 10_000])
  func reservedRoomIsFilledAndTheRestIsZero(byteCount: Int) throws {
    let store = try TestStore([[Entry("a", String(repeating: "x", count: 3000))]])
    var opened = try Environment(writing: store.path, tables: 4)
    try opened.write { transaction throws(LMDBError) in
      let table = try transaction.table("rows")
      try transaction.reserve(byteCount, for: Array("a".utf8).rawSpan, in: table) { room in
        while room.byteCount < byteCount / 2 { room.append(7, as: UInt8.self) }
      }
    }
    let half = byteCount / 2
    let value = [UInt8](repeating: 7, count: half) + [UInt8](repeating: 0, count: byteCount - half)
    #expect(try opened.entries(of: "rows") == [Entry(Array("a".utf8), value)])
  }

  @Test func tablesHaveTheirOwnEntries() throws {
    let store = try TestStore([[Entry("a", "1")]])
    var opened = try Environment(writing: store.path, tables: 2)
    #expect(try opened.entries(of: "rows") == [Entry("a", "1")])
    #expect(throws: LMDBError.missingTable("others")) { try opened.entries(of: "others") }
    try opened.put([Entry("a", "2")], in: "others")
    #expect(try opened.entries(of: "rows") == [Entry("a", "1")])
    #expect(try opened.entries(of: "others") == [Entry("a", "2")])
    #expect(throws: LMDBError.tooManyTables) { try opened.put([], in: "thirds") }
    try opened.write { transaction throws(LMDBError) in try transaction.deleteAll(in: try transaction.table("rows")) }
    #expect(try opened.entries(of: "rows") == [])
    #expect(try opened.entries(of: "others") == [Entry("a", "2")])
  }

  /// LMDB forgets a table that was opened in a transaction that is undone.
  @Test func tableOfATransactionThatFailedIsOpenedAgain() throws {
    let store = try TestStore()
    var opened = try Environment(writing: store.path, tables: 4)
    for _ in 0..<3 {
      #expect(throws: LMDBError.busy) {
        try opened.write { transaction throws(LMDBError) in
          _ = try transaction.makeTable("rows")
          throw LMDBError.busy
        }
      }
      #expect(throws: LMDBError.missingTable("rows")) { try opened.entries(of: "rows") }
    }
    try opened.put([Entry("a", "1")], in: "rows")
    #expect(try opened.entries(of: "rows") == [Entry("a", "1")])
  }

  @Test func errorOfTheBodyIsThrownAndNothingIsChanged() throws {
    enum Failure: TransactionFailure, Equatable {
      case own, store(LMDBError)
      init(_ error: LMDBError) { self = .store(error) }
    }
    let store = try TestStore([[Entry("a", "1")]])
    var opened = try Environment(writing: store.path, tables: 4)
    #expect(throws: Failure.own) {
      try opened.write { transaction throws(Failure) in
        do throws(LMDBError) {
          try transaction.deleteAll(in: try transaction.table("rows"))
        } catch { throw Failure(error) }
        throw .own
      }
    }
    #expect(throws: Failure.own) { try opened.read { _ throws(Failure) in throw .own } }
    #expect(try opened.entries(of: "rows") == [Entry("a", "1")])
    let copy = try TestStore(file: try store.bytes())
    var reading = try copy.opened()
    #expect(throws: Failure.store(.readOnly)) { try reading.write { _ throws(Failure) in } }
  }

  @Test func statisticsTellPagesEntriesAndBytes() throws {
    var random = SeededGenerator(seed: 4)
    let store = try TestStore([random.entries(3000), [Entry("long", String(repeating: "x", count: 9000))]])
    var opened = try store.opened()
    let table = try opened.read { transaction throws(LMDBError) in
      #expect(transaction.number == 2)
      return try transaction.statistics(of: try transaction.table("rows"))
    }
    #expect(table.entryCount == 3001)
    #expect(table.depth == 2)
    #expect(table.branchPages == 1)
    #expect(table.overflowPages == 3)
    let statistics = try opened.statistics()
    #expect(table.byteCount == (table.branchPages + table.leafPages + table.overflowPages) * statistics.pageBytes)
    #expect(statistics.lastTransaction == 2)
    #expect(statistics.byteCount == statistics.fileBytes)
    #expect(statistics.mapBytes >= 2 * statistics.fileBytes)
    let pages = try opened.check()
    #expect(pages.inUse + pages.free == statistics.lastPage + 1)
    #expect(pages.free > 0)
  }
}
