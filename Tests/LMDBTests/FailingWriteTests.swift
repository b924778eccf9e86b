#if os(Linux)
  import CFailingWrites
  import Foundation
  import LMDB
  import TestSupport
  import Testing

  /// Whichever call of the system fails while a store is written: it is told, and the store is as before or as after.
  @Suite(.timeLimit(.minutes(60)), .serialized) struct FailingWriteTests {
    /// How the disk fails.
    struct Fault: Sendable, CustomTestStringConvertible {
      let code: Int32
      let kind: failing_writes_kind
      /// Whether all that follows fails too.
      let stays: Bool
      let testDescription: String

      static let all: [Fault] = [
        Fault(code: ENOSPC, kind: failing_writes_nothing, stays: true, testDescription: "full"),
        Fault(code: ENOSPC, kind: failing_writes_nothing, stays: false, testDescription: "full for a moment"),
        Fault(code: ENOSPC, kind: failing_writes_half, stays: true, testDescription: "becomes full"),
        Fault(code: EIO, kind: failing_writes_nothing, stays: true, testDescription: "fails"),
        Fault(code: EIO, kind: failing_writes_nothing, stays: false, testDescription: "fails for a moment"),
        Fault(code: EIO, kind: failing_writes_all, stays: false, testDescription: "fails after it has written"),
        Fault(code: EIO, kind: failing_writes_all, stays: true, testDescription: "fails for good after that"),
      ]

      /// What is thrown: LMDB takes less than all that was to be written for an error of the disk.
      var errors: Set<LMDBError> {
        kind == failing_writes_half ? [.diskFull, .inputOutput] : [code == EIO ? .inputOutput : .diskFull]
      }

      /// Runs `body` with call `number` failing; answers whether there was one.
      func occurs(at number: Int, in body: () throws -> Void) rethrows -> Bool {
        failing_writes_begin(number, code, kind, stays ? 1 : 0)
        var calls = 0
        do {
          defer { calls = failing_writes_end() }
          try body()
        }
        return calls > number
      }
    }

    /// What is stored at first, and by the transaction in which calls fail: scattered pages, long values, a larger file.
    private static let runs: (before: [Entry], changes: [Entry]) = {
      var random = SeededGenerator(seed: 41)
      return (random.entries(600, valueBytes: 0...400), random.entries(300, valueBytes: 0...9000))
    }()

    private static func merged(_ entries: [Entry]...) -> [Entry] {
      let all = entries.joined().reduce(into: [[UInt8]: [UInt8]]()) { $0[$1.key] = $1.value }
      return all.map { Entry($0.key, $0.value) }.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    }

    @Test(arguments: Fault.all)
    func transactionIsWholeOrNotThere(fault: Fault) throws {
      let (before, changes) = Self.runs
      let after = Self.merged(before, changes)
      let whole = try TestStore([before]).bytes()
      var number = 0
      while true {
        let test = try TestStore(file: whole)
        var error: LMDBError?
        var occurred = false
        do {
          var store = try Environment(writing: test.path, tables: 4)
          occurred = fault.occurs(at: number) {
            do throws(LMDBError) { try store.put(changes, in: "rows") } catch let thrown { error = thrown }
          }
          #expect(occurred == (error != nil), "call \(number)")
          if let error {
            #expect(fault.errors.contains(error), "call \(number): \(error)")
            // The store may be of no use until it is opened again; if it is, it says what it did.
            if let next = Self.fault(of: { () throws(LMDBError) in try store.put([], in: "rows") }) {
              #expect(next == .unusable, "call \(number)")
            }
          }
        }
        var store = try Environment(writing: test.path, tables: 4)
        _ = try store.check()
        let entries = try store.entries(of: "rows")
        #expect(entries == after || error != nil && entries == before, "call \(number)")
        // And it goes on.
        try store.put(changes, in: "rows")
        #expect(try store.entries(of: "rows") == after)
        guard occurred else { break }
        number += 1
      }
      #expect(number >= 4)
    }

    @Test(arguments: Fault.all)
    func storeIsMadeWholeOrCanBeMadeAgain(fault: Fault) throws {
      var number = 0
      while true {
        let test = try TestStore()
        let path = test.path("new")
        var error: LMDBError?
        let occurred = fault.occurs(at: number) {
          do throws(LMDBError) { _ = try Environment(creating: path, tables: 4) } catch let thrown { error = thrown }
        }
        #expect(occurred == (error != nil), "call \(number)")
        if let error {
          #expect(fault.errors.contains(error), "call \(number): \(error)")
          _ = try Environment(creating: path, tables: 4)
        }
        var store = try Environment(writing: path, tables: 4)
        _ = try store.check()
        guard occurred else { break }
        number += 1
      }
      #expect(number >= 2)
    }

    private static func fault(of body: () throws(LMDBError) -> Void) -> LMDBError? {
      do throws(LMDBError) {
        try body()
        return nil
      } catch { return error }
    }

    /// A disk with room for a part: the system writes what fits, and LMDB calls that an error of the disk.
    @Test(.enabled(if: FullDisk.canBeMade)) func fullDiskIsToldAsSuch() throws {
      let test = try TestStore()
      let disk = try FullDisk(at: test.path("disk"), bytes: 4 << 20)
      let path = "\(disk.path)/store"
      var store = try Environment(creating: path, tables: 4)
      try store.put([Entry("a", "1")], in: "rows")
      for _ in 0..<3 {
        #expect(throws: LMDBError.diskFull) {
          try store.put([Entry("b", String(repeating: "x", count: 9 << 20))], in: "rows")
        }
      }
      #expect(try store.entries(of: "rows") == [Entry("a", "1")])
    }
  }

  /// A small disk in memory, which only root can mount.
  struct FullDisk: ~Copyable {
    let path: String

    static var canBeMade: Bool {
      guard geteuid() == 0, let test = try? TestStore() else { return false }
      return (try? FullDisk(at: test.path("probe"), bytes: 1 << 20)) != nil
    }

    init(at path: String, bytes: Int) throws {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
      guard mount("tmpfs", path, "tmpfs", 0, "size=\(bytes)") == 0 else { throw FixtureError("no disk can be mounted") }
      self.path = path
    }

    deinit { umount2(path, Int32(MNT_DETACH)) }
  }
#endif
