import ByteViews
import Foundation
import LMDB
import TestSupport
import Testing

/// A copy is a store that holds what the one that it was made of held.
@Suite(.timeLimit(.minutes(20))) struct CopyTests {
  /// A store with many free pages.
  private func store() throws -> TestStore {
    var random = SeededGenerator(seed: 31)
    let test = try TestStore([random.entries(3000, valueBytes: 0...3000)])
    var store = try Environment(writing: test.path, tables: 4)
    try store.write { transaction throws(LMDBError) in try transaction.deleteAll(in: try transaction.table("rows")) }
    try store.put(random.entries(300, valueBytes: 0...9000), in: "rows")
    try store.put([Entry("a", "1")], in: "others")
    return test
  }

  @Test func copyHoldsTheSameWithoutFreePages() throws {
    let test = try store()
    let copy = test.path("copy")
    var original = try test.opened()
    try original.copy(to: copy)
    var copied = try Environment(writing: copy, tables: 4)
    for table in ["rows", "others"] { #expect(try copied.entries(of: table) == original.entries(of: table)) }
    let pages = try copied.check()
    #expect(pages.free == 0)
    #expect(try copied.statistics().byteCount < original.statistics().byteCount / 2)
    try copied.put([Entry("b", "2")], in: "others")
    _ = try copied.check()
    #expect(try original.entries(of: "others") == [Entry("a", "1")])
    #expect(throws: LMDBError.exists) { try original.copy(to: copy) }
  }

  @Test func copyOfAStoreWithoutTablesIsAStore() throws {
    let test = try TestStore()
    var original = try test.opened()
    try original.copy(to: test.path("copy"))
    var copied = try Environment(writing: test.path("copy"), tables: 4)
    _ = try copied.check()
    try copied.put([Entry("a", "1")], in: "rows")
    #expect(try copied.entries(of: "rows") == [Entry("a", "1")])
  }

  /// A copied directory is a store wherever it is, with what LMDB keeps beside its file.
  @Test func copiedDirectoryIsAStore() throws {
    let test = try store()
    let entries = try test.entries()
    let copy = test.path("copy")
    try FileManager.default.copyItem(atPath: test.path, toPath: copy)
    var copied = try Environment(writing: copy, tables: 4)
    var original = try Environment(writing: test.path, tables: 4)
    try original.put([Entry("b", "2")], in: "others")
    #expect(try copied.entries(of: "rows") == entries)
    #expect(try copied.entries(of: "others") == [Entry("a", "1")])
  }

  #if os(Linux)
    @Test func copyThatDoesNotFitIsToldAndLeavesNothing() throws {
      let test = try store()
      var original = try test.opened()
      let full = open("/dev/full", O_WRONLY)
      #expect(throws: LMDBError.diskFull) { try original.copy(to: full) }
      close(full)
      #expect(throws: LMDBError.missing) { try original.copy(to: "\(test.path("none"))/below") }
      #expect(try FileManager.default.contentsOfDirectory(atPath: test.path("")).sorted() == ["store"])
    }

    @Test func storeIsCopiedWhileAnotherProcessWrites() async throws {
      let test = try store()
      let (begun, done) = (test.path("begun"), test.path("done"))
      let copies = Meanwhile {
        // Whatever comes of it, the writer is told to end.
        defer { creat(done, 0o600) }
        guard waits(forFile: begun) else { return [Int]() }
        var original = try test.opened()
        return try (0..<20).map { number in
          let copy = test.path("copy\(number)")
          try original.copy(to: copy)
          var copied = try Environment(reading: copy, tables: 4)
          _ = try copied.check()
          _ = try original.check()
          return try copied.entries(of: "rows").count
        }
      }
      await #expect(processExitsWith: .success) {
        [path = test.path as String, begun = begun as String, done = done as String] in
        var store = try Environment(writing: path, tables: 4)
        var random = SeededGenerator(seed: 32)
        creat(begun, 0o600)
        // It ends with the test, however that ends.
        let parent = getppid()
        while access(done, F_OK) != 0, getppid() == parent {
          let entries = random.entries(200, valueBytes: 0...3000)
          try store.write { transaction throws(LMDBError) in
            let table = try transaction.table("rows")
            try transaction.deleteAll(in: table)
            for entry in entries { try transaction.put(entry.value.rawSpan, for: entry.key.rawSpan, in: table) }
          }
          usleep(1000)
        }
      }
      let counts = try await copies.value()
      #expect(counts.count == 20 && counts.allSatisfy([200, 300].contains))
    }
  #endif
}
