import ByteViews
import LMDB
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The map follows what is stored, and what others store.
@Suite(.timeLimit(.minutes(20))) struct GrowthTests {
  /// 1 MiB, then 2, 4, 8, 16, in one transaction that begins anew each time.
  @Test func transactionThatOutgrowsTheMapRunsAgain() throws {
    let test = try TestStore([[Entry("a", "1")]])
    var store = try Environment(writing: test.path, tables: 4)
    let first = try store.statistics().mapBytes
    var runs = 0
    try store.write { transaction throws(LMDBError) in
      runs += 1
      let table = try transaction.table("rows")
      for number in 0..<2000 as Range<UInt64> {
        let value = [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 5000)
        try transaction.put(value.rawSpan, for: [UInt8](bigEndian: number).rawSpan, in: table)
      }
    }
    let statistics = try store.statistics()
    #expect(runs > 1)
    #expect(statistics.mapBytes == first << UInt64(runs - 1))
    #expect(statistics.mapBytes >= statistics.byteCount)
    // What failed took no number.
    #expect(statistics.lastTransaction == 2)
    let entries = try store.entries(of: "rows")
    #expect(entries.count == 2001)
    #expect(entries.dropLast().allSatisfy { $0.value.count == 5000 && Set($0.value) == [$0.key[7]] })
    _ = try store.check()
  }

  /// A body that goes on after the map was too small, as if nothing had happened, runs again all the same.
  @Test func bodyThatHidesThatTheMapIsTooSmallRunsAgain() throws {
    let test = try TestStore()
    var store = try Environment(writing: test.path, tables: 4)
    let value = [UInt8](repeating: 1, count: 3 << 20)
    var runs = 0
    try store.write { transaction throws(LMDBError) in
      runs += 1
      let table = try transaction.makeTable("rows")
      try? transaction.put(value.rawSpan, for: Array("a".utf8).rawSpan, in: table)
    }
    #expect(runs == 3)
    #expect(try store.entries(of: "rows").map(\.value) == [value])
  }

  /// Many small transactions: pages that became free are used again, or the file would have several times the size.
  @Test func pagesOfOldStatesAreUsedAgain() throws {
    let test = try TestStore()
    var store = try Environment(writing: test.path, tables: 4)
    var random = SeededGenerator(seed: 5)
    for _ in 0..<200 {
      let entries = random.entries(20, valueBytes: 500...500)
      try store.put(entries.map { Entry([$0.key[0]], $0.value) }, in: "rows")
    }
    let statistics = try store.statistics()
    #expect(statistics.byteCount < 2 << 20)
    _ = try store.check()
  }

  /// Pages at the end that are free were never written: the file is shorter than its last page says, and whole.
  @Test func fileWithoutItsLastFreePagesIsWhole() throws {
    let test = try TestStore([[Entry("a", "1")], [Entry("b", "1")], [Entry("a", "1")], [Entry("a", "1")]])
    do {
      var store = try Environment(writing: test.path, tables: 4)
      try store.write { transaction throws(LMDBError) in
        let table = try transaction.table("rows")
        try transaction.put(Array("2".utf8).rawSpan, for: Array("b".utf8).rawSpan, in: table)
        // Pages behind all others, which are free again before they are written.
        let value = [UInt8](repeating: 1, count: 100_000)
        try transaction.put(value.rawSpan, for: Array("c".utf8).rawSpan, in: table)
        try transaction.delete(Array("c".utf8).rawSpan, in: table)
      }
    }
    var store = try test.opened()
    let statistics = try store.statistics()
    #expect(statistics.fileBytes < statistics.byteCount)
    #expect(try store.entries(of: "rows") == [Entry("a", "1"), Entry("b", "2")])
    #expect(try store.check().free > 20)
  }

  #if os(Linux)
    /// The map of a reader is as large as twice the file was; another process then writes more than that.
    @Test func readerFollowsWhatAnotherProcessWrites() async throws {
      let test = try TestStore([[Entry("a", "1")]])
      var store = try test.opened()
      let first = try store.statistics().mapBytes
      await #expect(processExitsWith: .success) { [path = test.path as String] in
        var store = try Environment(writing: path, tables: 4)
        try store.put([Entry("b", String(repeating: "x", count: 9 << 20))], in: "rows")
      }
      #expect(try store.entries(of: "rows").map(\.value.count) == [1, 9 << 20])
      #expect(try store.statistics().mapBytes > first)
      _ = try store.check()
    }

    @Test func processThatMayNotMapMoreIsToldAndGoesOn() async throws {
      let test = try TestStore([[Entry("a", "1")]])
      await #expect(processExitsWith: .success) { [path = test.path as String] in
        var store = try Environment(writing: path, tables: 4)
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
        // All that is mapped now, and room to live in.
        let pages = SystemMemory.mappedPages
        limit.rlim_cur = rlim_t(pages * sysconf(Int32(_SC_PAGESIZE)) + (256 << 20))
        setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
        let value = [UInt8](repeating: 1, count: 100 << 20)
        #expect(throws: LMDBError.mapFull) { try store.put([Entry(Array("b".utf8), value)], in: "rows") }
        #expect(try store.entries(of: "rows") == [Entry("a", "1")])
        try store.put([Entry("b", "2")], in: "rows")
      }
      #expect(try test.entries() == [Entry("a", "1"), Entry("b", "2")])
    }

    @Test func fileThatMayNotGrowIsToldAndStaysAsItWas() async throws {
      let test = try TestStore([[Entry("a", "1")]])
      await #expect(processExitsWith: .success) { [path = test.path as String] in
        var store = try Environment(writing: path, tables: 4)
        limitFiles(to: 2 << 20)
        // What fits is written, which LMDB takes for an error of the disk.
        #expect(throws: LMDBError.fileTooLong) {
          try store.put([Entry("b", String(repeating: "x", count: 9 << 20))], in: "rows")
        }
        #expect(try store.entries(of: "rows") == [Entry("a", "1")])
        try store.put([Entry("b", "2")], in: "rows")
      }
      #expect(try test.entries() == [Entry("a", "1"), Entry("b", "2")])
    }

    /// Whatever part of the table of readers there is room for.
    @Test(arguments: [0, 100, 4096, 8191])
    func storeThatThereIsNoRoomForIsToldAndLeavesNothing(byteCount: Int) async throws {
      let test = try TestStore()
      await #expect(processExitsWith: .success) { [path = "\(test.path)-new" as String, byteCount = byteCount as Int] in
        limitFiles(to: byteCount)
        #expect(throws: LMDBError.fileTooLong) { _ = try Environment(creating: path, tables: 4) }
        #expect(access(path, F_OK) != 0)
      }
    }

    /// Readers have the lock instead of a slot then, so that whoever writes waits for them.
    @Test(arguments: [false, true])
    func storeWithoutRoomForTheTableOfReadersCanBeRead(isEmptyTable: Bool) async throws {
      let test = try TestStore([[Entry("a", "1")]])
      let readers = "\(test.path)/lock.mdb"
      try #require(unlink(readers) == 0)
      if isEmptyTable { close(creat(readers, 0o600)) }
      await #expect(processExitsWith: .success) { [path = test.path as String] in
        limitFiles(to: 4096)
        do {
          var store = try Environment(reading: path, tables: 4)
          #expect(try store.entries(of: "rows") == [Entry("a", "1")])
          let lock = open("\(path)/writer.lock", O_RDWR)
          #expect(flock(lock, LOCK_EX | LOCK_NB) != 0)
          close(lock)
        }
        #expect(throws: LMDBError.fileTooLong) { _ = try Environment(writing: path, tables: 4) }
      }
    }
  #endif
}

#if os(Linux)
  /// Has files of this process end at `byteCount`, and be told so.
  private func limitFiles(to byteCount: Int) {
    signal(SIGXFSZ, SIG_IGN)
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
    limit.rlim_cur = rlim_t(byteCount)
    setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
  }
#endif

#if os(Linux)
  /// What the system tells of this process's memory.
  enum SystemMemory {
    /// Pages that are mapped: the first number of `/proc/self/statm` (proc(5)).
    static var mappedPages: Int {
      guard let file = fopen("/proc/self/statm", "r") else { return 0 }
      defer { fclose(file) }
      var line = [CChar](repeating: 0, count: 256)
      guard fgets(&line, 256, file) != nil else { return 0 }
      return Int(atol(line))
    }
  }
#endif
