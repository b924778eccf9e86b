import ByteViews
import LMDB
import TestSupport
import Testing

/// Cursors go through a table in the order of its keys, and change it on the way.
@Suite(.timeLimit(.minutes(20))) struct CursorTests {
  private static let entries = ["b", "bb", "d", "f"].map { Entry($0, "\($0)!") }

  /// The key that a cursor stands on, or `-`.
  private func place(_ cursor: borrowing TableCursor) -> String {
    cursor.isOnEntry ? String(decoding: [UInt8](copying: cursor.key), as: UTF8.self) : "-"
  }

  @Test func cursorMovesForwardBackwardAndToTheEnds() throws {
    var store = try TestStore([Self.entries]).opened()
    try store.read { transaction throws(LMDBError) in
      var cursor = try transaction.cursor(over: try transaction.table("rows"))
      #expect(place(cursor) == "-")
      var places: [String] = []
      while try cursor.next() { places.append(place(cursor)) }
      #expect(places == ["b", "bb", "d", "f"])
      #expect(try !cursor.next())
      #expect(place(cursor) == "-")
      #expect(try cursor.first())
      #expect(try !cursor.previous())
      #expect(try cursor.last())
      #expect(place(cursor) == "f")
      #expect(try cursor.previous())
      #expect(place(cursor) == "d")
      #expect([UInt8](copying: cursor.value) == Array("d!".utf8))
    }
  }

  @Test(arguments: [
    ("", "b"), ("a", "b"), ("b", "b"), ("b\0", "bb"), ("ba", "bb"), ("c", "d"), ("d", "d"), ("e", "f"), ("f\0", "-"),
    ("g", "-"), (String(repeating: "a", count: 600), "b"), (String(repeating: "g", count: 600), "-"),
  ])
  func seekFindsTheKeyOrTheOneAfterIt(target: String, found: String) throws {
    var store = try TestStore([Self.entries]).opened()
    try store.read { transaction throws(LMDBError) in
      // From nowhere, and from every entry.
      for steps in 0...4 {
        var cursor = try transaction.cursor(over: try transaction.table("rows"))
        for _ in 0..<steps { _ = try cursor.next() }
        #expect(try cursor.seek(to: Array(target.utf8).rawSpan) == (found != "-"))
        #expect(place(cursor) == found)
      }
    }
  }

  @Test func emptyTableHasNoEntry() throws {
    let test = try TestStore([[]])
    var store = try test.opened()
    try store.read { transaction throws(LMDBError) in
      var cursor = try transaction.cursor(over: try transaction.table("rows"))
      #expect(try !cursor.first())
      #expect(try !cursor.last())
      #expect(try !cursor.next())
      #expect(try !cursor.previous())
      #expect(try !cursor.seek(to: Array("a".utf8).rawSpan))
      #expect(place(cursor) == "-")
    }
  }

  /// What the merging of sorted rows into a table does.
  @Test func entriesAreReplacedDeletedAndPutInOnePass() throws {
    let test = try TestStore([(0..<1000 as Range<UInt64>).map { Entry([UInt8](bigEndian: $0 * 2), [0]) }])
    var store = try Environment(writing: test.path, tables: 4)
    try store.write { transaction throws(LMDBError) in
      let others = try transaction.makeTable("others")
      var cursor = try transaction.writingCursor(over: try transaction.table("rows"))
      for number in 0..<1000 as Range<UInt64> {
        let key = [UInt8](bigEndian: number * 2)
        #expect(try cursor.seek(to: key.rawSpan))
        #expect([UInt8](copying: cursor.key) == key)
        switch number % 4 {
        case 0: try cursor.delete()
        case 1:
          try cursor.replace(with: [UInt8](repeating: 1, count: Int(number)).rawSpan)
          #expect([UInt8](copying: cursor.key) == key)
          let byteCount = cursor.value.byteCount
          #expect(byteCount == Int(number))
        case 2:
          let new = [UInt8](bigEndian: number * 2 + 1)
          try cursor.put([2].rawSpan, for: new.rawSpan)
          #expect([UInt8](copying: cursor.key) == new)
        default:
          try cursor.put(key.rawSpan, for: key.rawSpan, in: others)
          let isThere = try cursor.value(for: key.rawSpan, in: others) != nil
          #expect(isThere)
        }
      }
    }
    var expected: [Entry] = []
    for number in 0..<1000 as Range<UInt64> {
      let key = [UInt8](bigEndian: number * 2)
      switch number % 4 {
      case 0: break
      case 1: expected.append(Entry(key, [UInt8](repeating: 1, count: Int(number))))
      case 2: expected += [Entry(key, [0]), Entry([UInt8](bigEndian: number * 2 + 1), [2])]
      default: expected.append(Entry(key, [0]))
      }
    }
    #expect(try store.entries(of: "rows") == expected)
    #expect(try store.entries(of: "others").count == 250)
    _ = try store.check()
  }

  @Test func everyEntryIsDeletedOnTheWay() throws {
    var random = SeededGenerator(seed: 3)
    let test = try TestStore([random.entries(2000)])
    var store = try Environment(writing: test.path, tables: 4)
    try store.write { transaction throws(LMDBError) in
      var cursor = try transaction.writingCursor(over: try transaction.table("rows"))
      var count = 0
      while try cursor.next() {
        try cursor.delete()
        let isOnEntry = cursor.isOnEntry
        #expect(!isOnEntry)
        count += 1
      }
      #expect(count == 2000)
      #expect(try !cursor.first())
    }
    #expect(try store.entries(of: "rows") == [])
    _ = try store.check()
  }

  /// LMDB 0.9.24 takes a cursor for one at the end that was there before.
  @Test func cursorThatWasAtTheEndFindsWhatComesAfterADeletedEntry() throws {
    let test = try TestStore([[Entry("b", "1")]])
    var store = try Environment(writing: test.path, tables: 4)
    try store.write { transaction throws(LMDBError) in
      var cursor = try transaction.writingCursor(over: try transaction.table("rows"))
      while try cursor.next() {}
      try cursor.put(Array("2".utf8).rawSpan, for: Array("a".utf8).rawSpan)
      try cursor.delete()
      #expect(try cursor.next())
      let key = [UInt8](copying: cursor.key)
      #expect(key == Array("b".utf8))
    }
  }

  @Test func appendingCursorStandsOnWhatItAppended() throws {
    let test = try TestStore()
    var store = try Environment(writing: test.path, tables: 4)
    try store.write { transaction throws(LMDBError) in
      var cursor = try transaction.writingCursor(over: try transaction.makeTable("rows"))
      for number in 0..<5000 as Range<UInt64> {
        let key = [UInt8](bigEndian: number)
        try cursor.append(key.rawSpan, for: key.rawSpan)
        #expect([UInt8](copying: cursor.key) == key)
      }
      let first: [UInt8] = [0]
      var error: LMDBError?
      do throws(LMDBError) { try cursor.append(first.rawSpan, for: first.rawSpan) } catch let thrown { error = thrown }
      #expect(error == .keyOrder)
    }
    #expect(try store.entries(of: "rows").count == 5000)
  }
}
