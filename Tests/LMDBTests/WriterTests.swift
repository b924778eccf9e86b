import Foundation
import Synchronization
import TestSupport
import Testing

@testable import LMDB

/// One program at a time writes; others wait, and say so. Nothing is opened twice.
@Suite(.timeLimit(.minutes(20))) struct WriterTests {
  @Test func storeIsOpenedOnceInAProcess() throws {
    let test = try TestStore([[Entry("a", "1")]])
    try FileManager.default.createSymbolicLink(atPath: test.path("link"), withDestinationPath: test.path)
    do {
      var store = try test.opened()
      for path in [test.path, "\(test.path)/", "\(test.path)/../store", test.path("link")] {
        #expect(throws: LMDBError.alreadyOpen) { _ = try Environment(reading: path, tables: 1) }
        #expect(throws: LMDBError.alreadyOpen) { _ = try Environment(writing: path, tables: 1) }
        #expect(throws: LMDBError.alreadyOpen) { _ = try Environment(creating: path, tables: 1) }
      }
      #expect(try store.entries(of: "rows") == [Entry("a", "1")])
    }
    #expect(try test.entries() == [Entry("a", "1")])
  }

  /// What could not be opened is not open.
  @Test func storeThatCouldNotBeOpenedCanBeOpenedLater() throws {
    let whole = try TestStore([[Entry("a", "1")]]).bytes()
    let test = try TestStore(file: Array(whole.dropLast(4096)))
    for _ in 0..<2 {
      #expect(throws: LMDBError.self) { _ = try test.opened() }
      #expect(throws: LMDBError.self) { _ = try Environment(writing: test.path, tables: 4) }
    }
    try test.replace(whole)
    var store = try Environment(writing: test.path, tables: 4)
    try store.put([Entry("b", "2")], in: "rows")
    #expect(try store.entries(of: "rows") == [Entry("a", "1"), Entry("b", "2")])
  }

  @Test func filesCanBeReadByTheirOwnerOnly() throws {
    let test = try TestStore([[Entry("a", "1")]])
    func mode(_ path: String) throws -> Int? {
      try (FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue
    }
    #expect(try mode(test.path) == 0o700)
    let files = try FileManager.default.contentsOfDirectory(atPath: test.path).sorted()
    #expect(files == ["data.mdb", "lock.mdb", "writer.lock"])
    for file in files { #expect(try mode("\(test.path)/\(file)") == 0o600, "\(file)") }
  }

  @Test func secondLockWaitsAndIsToldOnce() async throws {
    let test = try TestStore()
    let path = test.path("lock")
    let told = Mutex(0)
    var first: StoreLock? = try StoreLock(path, .exclusive, waiting: nil)
    for kind in [StoreLock.Kind.exclusive, .shared] {
      #expect(throws: LMDBError.busy) { _ = try StoreLock(path, kind, waiting: nil) }
    }
    let thread = Thread {
      _ = try? StoreLock(path, .exclusive, waiting: { told.withLock { $0 += 1 } })
      told.withLock { $0 += 100 }
    }
    thread.start()
    while told.withLock({ $0 }) == 0 { try await Task.sleep(for: .milliseconds(1)) }
    try await Task.sleep(for: .milliseconds(50))
    #expect(told.withLock { $0 } == 1)
    first = nil
    while told.withLock({ $0 }) < 100 { try await Task.sleep(for: .milliseconds(1)) }
    #expect(told.withLock { $0 } == 101)
    _ = first
  }

  /// A lock on a file that is no longer there keeps nobody away.
  @Test func lockIsTakenOnTheFileThatIsThere() async throws {
    let test = try TestStore()
    let path = test.path("lock")
    let isTold = Mutex(false)
    let second = Mutex<StoreLock?>(nil)
    var first: StoreLock? = try StoreLock(path, .exclusive, waiting: nil)
    let thread = Thread {
      second.withLock { $0 = try? StoreLock(path, .exclusive, waiting: { isTold.withLock { $0 = true } }) }
    }
    thread.start()
    while !isTold.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(1)) }
    try FileManager.default.removeItem(atPath: path)
    first = nil
    while second.withLock({ $0 == nil }) { try await Task.sleep(for: .milliseconds(1)) }
    #expect(throws: LMDBError.busy) { _ = try StoreLock(path, .exclusive, waiting: nil) }
    _ = first
  }

  #if os(Linux)
    @Test func signalEndsTheWaiting() async throws {
      let test = try TestStore()
      await #expect(processExitsWith: .success) { [path = test.path("lock") as String] in
        // Calls of the system do not begin again after it.
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { _ in }
        sigaction(SIGUSR1, &action, nil)
        let first = try StoreLock(path, .exclusive, waiting: nil)
        let error = Mutex<LMDBError?>(nil)
        let waiter = Mutex<pthread_t?>(nil)
        Thread {
          var none = sigset_t()
          sigemptyset(&none)
          pthread_sigmask(SIG_SETMASK, &none, nil)
          do throws(LMDBError) {
            _ = try StoreLock(path, .exclusive, waiting: { waiter.withLock { $0 = pthread_self() } })
          } catch let thrown { error.withLock { $0 = thrown } }
        }.start()
        while waiter.withLock({ $0 }) == nil { try await Task.sleep(for: .milliseconds(1)) }
        // It may not wait yet.
        while error.withLock({ $0 }) == nil {
          if let waiter = waiter.withLock({ $0 }) { pthread_kill(waiter, SIGUSR1) }
          try await Task.sleep(for: .milliseconds(5))
        }
        #expect(error.withLock { $0 } == .interrupted)
        _ = consume first
      }
    }

    @Test func writerInAnotherProcessWaitsAndIsTold() async throws {
      let test = try TestStore([[Entry("a", "1")]])
      let (opened, told) = (test.path("opened"), test.path("told"))
      let first = Meanwhile {
        var store = try Environment(writing: test.path, tables: 4)
        creat(opened, 0o600)
        let isTold = waits(forFile: told)
        try store.put([Entry("b", "2")], in: "rows")
        return isTold
      }
      #expect(waits(forFile: opened))
      await #expect(processExitsWith: .success) { [path = test.path as String, told = told as String] in
        #expect(throws: LMDBError.busy) { _ = try Environment(writing: path, tables: 4) }
        var store = try Environment(writing: path, tables: 4, waiting: { creat(told, 0o600) })
        try store.put([Entry("c", "3")], in: "rows")
      }
      #expect(try await first.value())
      #expect(try test.entries() == [Entry("a", "1"), Entry("b", "2"), Entry("c", "3")])
    }

    /// Readers need no lock, and see what is committed.
    @Test func readerGoesOnWhileAnotherProcessWrites() async throws {
      let test = try TestStore([[Entry("a", "1")]])
      var store = try test.opened()
      await #expect(processExitsWith: .success) { [path = test.path as String] in
        var store = try Environment(writing: path, tables: 4)
        for number in 0..<100 { try store.put([Entry("b\(number)", "2")], in: "rows") }
      }
      #expect(try store.entries(of: "rows").count == 101)
      #expect(try store.check().free > 0)
    }

    /// What a process kept from being used again that died while it read.
    @Test func readerThatDiedIsCleared() async throws {
      let test = try TestStore([[Entry("a", "1")]])
      var store = try Environment(writing: test.path, tables: 4)
      for number in 0..<3 {
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = test.path as String, number = number as Int] in
          var store = try Environment(reading: path, tables: 4)
          // The one before.
          guard store.staleReaders == min(1, number) else { return }
          try store.read { _ throws(LMDBError) in _ = kill(getpid(), SIGKILL) }
        }
      }
      await #expect(processExitsWith: .success) { [path = test.path as String] in
        let store = try Environment(reading: path, tables: 4)
        #expect(store.staleReaders == 1)
      }
      #expect(try store.clearStaleReaders() == 0)
      #expect(store.staleReaders == 0)
    }

    @Test func environmentIsNotUsedByAProcessThatWasForked() async throws {
      let test = try TestStore([[Entry("a", "1")]])
      await #expect(processExitsWith: .success) { [path = test.path as String] in
        var store = try Environment(writing: path, tables: 4)
        let child = forked {
          do throws(LMDBError) { _ = try store.entries(of: "rows") } catch { return error == .forked ? 7 : 1 }
          return 2
        }
        var status: Int32 = 0
        waitpid(child, &status, 0)
        #expect(status == 7 << 8)
        try store.put([Entry("b", "2")], in: "rows")
        #expect(throws: LMDBError.busy) { _ = try StoreLock("\(path)/writer.lock", .shared, waiting: nil) }
      }
      #expect(try test.entries().count == 2)
    }
  #endif
}
