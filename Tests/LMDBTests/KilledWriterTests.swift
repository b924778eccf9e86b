#if os(Linux)
  import ByteViews
  import Foundation
  import LMDB
  import TestSupport
  import Testing

  /// A writer that is killed at any moment leaves the store as before a transaction or as after it.
  @Suite(.timeLimit(.minutes(60))) struct KilledWriterTests {
    /// Five stores, each written by ten processes that are killed one after the other.
    @Test(arguments: 0..<5 as Range<UInt64>)
    func killedWriterLeavesAWholeState(series: UInt64) async throws {
      let test = try TestStore([[]])
      var state = WrittenState()
      for round in 0..<10 as Range<UInt64> {
        let acknowledged = test.path("acknowledged")
        await #expect(processExitsWith: .signal(SIGKILL)) {
          [path = test.path as String, acknowledged = acknowledged as String, seed = series * 100 + round as UInt64] in
          try KilledWriter.run(path, acknowledged, seed: seed)
        }
        var store = try Environment(writing: test.path, tables: 4)
        _ = try store.check()
        let generation = try store.generation()
        // What was told to be committed is there, and at most one more.
        let told = try KilledWriter.acknowledged(at: acknowledged)
        #expect(generation == told || generation == told + 1)
        while state.generation < generation { state.advance() }
        #expect(try store.entries(of: "rows") == state.entries)
        try Data(withUnsafeBytes(of: generation) { Array($0) }).write(to: URL(filePath: acknowledged))
      }
      #expect(state.generation > 0)
    }
  }

  /// What a store holds after so many transactions, each of which follows from its number.
  struct WrittenState {
    private(set) var generation: UInt64 = 0
    private var rows: [[UInt8]: [UInt8]] = [:]

    /// What a transaction does.
    struct Change {
      /// Takes everything out at first.
      let empties: Bool
      /// New values, or none for keys that are taken out.
      let rows: [(key: [UInt8], value: [UInt8]?)]
    }

    /// What transaction `generation` does: a few scattered rows, long values now and then, and at times all of it.
    static func change(_ generation: UInt64) -> Change {
      var random = SeededGenerator(seed: generation)
      let rows = (0..<random.count(1...60)).map { _ -> (key: [UInt8], value: [UInt8]?) in
        let key = [UInt8](bigEndian: UInt64(random.count(0...400)))
        if random.isOne(in: 4) { return (key, nil) }
        return (key, random.bytes(random.isOne(in: 15) ? random.count(4000...60_000) : random.count(0...300)))
      }
      return Change(empties: random.isOne(in: 40), rows: rows)
    }

    mutating func advance() {
      generation += 1
      let change = Self.change(generation)
      if change.empties { rows = [:] }
      for row in change.rows { rows[row.key] = row.value }
    }

    var entries: [Entry] {
      rows.map { Entry($0.key, $0.value) }.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    }
  }

  extension Environment {
    /// The number of the last ``WrittenState/Change``.
    mutating func generation() throws(LMDBError) -> UInt64 {
      do throws(LMDBError) {
        guard let value = try entries(of: "about").first?.value else { return 0 }
        return value.reduce(0) { $0 << 8 | UInt64($1) }
      } catch .missingTable { return 0 }
    }
  }

  /// The process that writes and is killed.
  enum KilledWriter {
    /// Writes one transaction after the other, until it kills itself.
    static func run(_ path: String, _ acknowledged: String, seed: UInt64) throws {
      var random = SeededGenerator(seed: seed)
      let moment = UInt32(random.count(0...60_000))
      Thread {
        usleep(moment)
        kill(getpid(), SIGKILL)
      }.start()
      let told = open(acknowledged, O_WRONLY | O_CREAT, 0o600)
      var store = try Environment(writing: path, tables: 4)
      var generation = try store.generation()
      while true {
        generation += 1
        let change = WrittenState.change(generation)
        try store.write { transaction throws(LMDBError) in
          let rows = try transaction.makeTable("rows")
          let about = try transaction.makeTable("about")
          if change.empties { try transaction.deleteAll(in: rows) }
          for row in change.rows {
            if let value = row.value {
              try transaction.put(value.rawSpan, for: row.key.rawSpan, in: rows)
            } else {
              try transaction.delete(row.key.rawSpan, in: rows)
            }
          }
          try transaction.put(
            [UInt8](bigEndian: generation).rawSpan, for: Array("generation".utf8).rawSpan, in: about)
        }
        _ = withUnsafeBytes(of: generation) { pwrite(told, $0.baseAddress, 8, 0) }
      }
    }

    /// The last transaction of which a writer said that it was committed; 0 where none did.
    static func acknowledged(at path: String) throws -> UInt64 {
      guard FileManager.default.fileExists(atPath: path) else { return 0 }
      let bytes = try [UInt8](Data(contentsOf: URL(filePath: path)))
      return bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
  }
#endif
