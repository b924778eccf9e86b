import Foundation
import LMDB
import TestSupport

/// A directory for one store, which goes away with the value.
struct TestStore {
  private let parent: TemporaryDirectory
  /// Where the store is.
  let path: String
  /// LMDB's file.
  var file: String { "\(path)/data.mdb" }

  /// A store with these entries in a table, each run of them written by a transaction of its own.
  init(_ runs: [[Entry]] = [], table: String = "rows") throws {
    parent = try TemporaryDirectory()
    path = "\(parent.path)/store"
    var store = try Environment(creating: path, tables: 4)
    for entries in runs { try store.put(entries, in: table) }
  }

  /// A directory whose file is `bytes`.
  init(file bytes: [UInt8]) throws {
    parent = try TemporaryDirectory()
    path = "\(parent.path)/store"
    try parent.file("store/data.mdb", bytes)
  }

  /// A path beside the store.
  func path(_ name: String) -> String { "\(parent.path)/\(name)" }

  /// The bytes of LMDB's file.
  func bytes() throws -> [UInt8] { try [UInt8](Data(contentsOf: URL(filePath: file))) }

  /// Writes LMDB's file anew.
  func replace(_ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(filePath: file)) }

  /// The store, opened for reading.
  func opened() throws(LMDBError) -> Environment { try Environment(reading: path, tables: 4) }

  /// All entries of its table.
  func entries(of table: String = "rows") throws(LMDBError) -> [Entry] {
    var store = try opened()
    return try store.entries(of: table)
  }
}

extension SeededGenerator {
  /// `count` entries with different keys, in order.
  mutating func entries(_ count: Int, valueBytes: ClosedRange<Int> = 0...100) -> [Entry] {
    var entries: [[UInt8]: [UInt8]] = [:]
    while entries.count < count { entries[bytes(self.count(1...40))] = bytes(self.count(valueBytes)) }
    return entries.map { Entry($0.key, $0.value) }.sorted { $0.key.lexicographicallyPrecedes($1.key) }
  }
}
