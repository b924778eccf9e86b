import ByteViews
import LMDB

/// A key and its value, copied out of a store.
struct Entry: Hashable, Sendable {
  let key: [UInt8]
  let value: [UInt8]

  init(_ key: [UInt8], _ value: [UInt8]) { (self.key, self.value) = (key, value) }
  init(_ key: String, _ value: String) { self.init(Array(key.utf8), Array(value.utf8)) }
}

extension Environment {
  /// All entries of a table, in order.
  mutating func entries(of name: String) throws(LMDBError) -> [Entry] {
    try read { transaction throws(LMDBError) in
      var entries: [Entry] = []
      var cursor = try transaction.cursor(over: try transaction.table(name))
      while try cursor.next() { entries.append(Entry([UInt8](copying: cursor.key), [UInt8](copying: cursor.value))) }
      return entries
    }
  }

  /// Stores entries, of which some may be there, in a table, which is made if need be.
  mutating func put(_ entries: [Entry], in name: String) throws(LMDBError) {
    try write { transaction throws(LMDBError) in
      let table = try transaction.makeTable(name)
      for entry in entries { try transaction.put(entry.value.rawSpan, for: entry.key.rawSpan, in: table) }
    }
  }
}

extension Transaction {
  /// A copy of the value of `key`; nil when it has none.
  borrowing func copy(of key: [UInt8], in table: StoreTable) throws(LMDBError) -> [UInt8]? {
    guard let value = try value(for: key.rawSpan, in: table) else { return nil }
    return [UInt8](copying: value)
  }
}
