import ByteViews
import LMDB
import TestSupport
import Testing

/// Random changes leave what they leave in a sorted dictionary, and a file in which every page is as it must be.
@Suite(.timeLimit(.minutes(20))) struct ModelTests {
  @Test(.tags(.exhaustive), arguments: Exhaustive.sample(12, of: 1...200))
  func randomChangesLeaveWhatTheyLeaveInADictionary(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let test = try TestStore()
    var store = try Environment(writing: test.path, tables: 4)
    var model: [[UInt8]: [UInt8]] = [:]
    let keys = random.entries(random.count(5...2000), valueBytes: 0...0).map(\.key)
    for _ in 0..<random.count(5...40) {
      let before = (model, random)
      try store.write { transaction throws(LMDBError) in
        (model, random) = before
        let table = try transaction.makeTable("rows")
        if random.isOne(in: 12) {
          try transaction.deleteAll(in: table)
          model = [:]
        }
        let changes = random.count(0...400)
        if random.isOne(in: 2) {
          try change(&transaction, table, &model, keys, changes, &random)
        } else {
          try changeByCursor(&transaction, table, &model, keys, changes, &random)
        }
      }
      let expected = model.map { Entry($0.key, $0.value) }.sorted { $0.key.lexicographicallyPrecedes($1.key) }
      #expect(try store.entries(of: "rows") == expected)
      let pages = try store.check()
      #expect(pages.inUse + pages.free == (try store.statistics().lastPage) + 1)
    }
  }

  private func value(_ random: inout SeededGenerator) -> [UInt8] {
    random.bytes(random.isOne(in: 20) ? random.count(2000...20_000) : random.count(0...200))
  }

  private func change(
    _ transaction: inout Transaction, _ table: StoreTable, _ model: inout [[UInt8]: [UInt8]], _ keys: [[UInt8]],
    _ count: Int, _ random: inout SeededGenerator
  ) throws(LMDBError) {
    for _ in 0..<count {
      let key = random.one(of: keys)
      if random.isOne(in: 3) {
        #expect(try transaction.delete(key.rawSpan, in: table) == (model.removeValue(forKey: key) != nil))
      } else {
        let new = value(&random)
        try transaction.put(new.rawSpan, for: key.rawSpan, in: table)
        model[key] = new
      }
      let probe = random.one(of: keys)
      let found = try transaction.copy(of: probe, in: table)
      #expect(found == model[probe])
    }
  }

  private func changeByCursor(
    _ transaction: inout Transaction, _ table: StoreTable, _ model: inout [[UInt8]: [UInt8]], _ keys: [[UInt8]],
    _ count: Int, _ random: inout SeededGenerator
  ) throws(LMDBError) {
    var cursor = try transaction.writingCursor(over: table)
    // Where the cursor stands, or where an entry was that it deleted: the next one comes after it.
    var last: [UInt8]?
    var sorted: [[UInt8]] { model.keys.sorted { $0.lexicographicallyPrecedes($1) } }
    for _ in 0..<min(count, 120) {
      switch random.count(0...5) {
      case 0:
        let target = random.one(of: keys)
        let expected = sorted.first { !$0.lexicographicallyPrecedes(target) }
        #expect(try cursor.seek(to: target.rawSpan) == (expected != nil))
        last = expected
      case 1, 2:
        guard let from = last else { continue }
        let expected = sorted.first { from.lexicographicallyPrecedes($0) }
        #expect(try cursor.next() == (expected != nil))
        last = expected
      case 3:
        guard cursor.isOnEntry, let key = last else { continue }
        try cursor.delete()
        model[key] = nil
      case 4:
        guard cursor.isOnEntry, let key = last else { continue }
        let new = value(&random)
        try cursor.replace(with: new.rawSpan)
        model[key] = new
      default:
        let (key, new) = (random.one(of: keys), value(&random))
        try cursor.put(new.rawSpan, for: key.rawSpan)
        model[key] = new
        last = key
      }
      guard cursor.isOnEntry else { continue }
      #expect([UInt8](copying: cursor.key) == last)
      #expect([UInt8](copying: cursor.value) == last.flatMap { model[$0] })
    }
  }
}
