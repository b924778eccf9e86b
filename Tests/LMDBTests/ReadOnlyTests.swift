import Foundation
import LMDB
import TestSupport
import Testing

#if os(Linux)
  /// A directory that may only be read can be read.
  @Suite(.timeLimit(.minutes(20))) struct ReadOnlyTests {
    /// Runs as another user than root, whom modes do not bind.
    private static func giveUpRights() {
      guard geteuid() == 0 else { return }
      setgroups(0, nil)
      #expect(setgid(65534) == 0 && setuid(65534) == 0)
    }

    /// Gives all of a store to that user, and takes the right to write away.
    private func makeReadOnly(_ test: TestStore) throws {
      let files = try FileManager.default.contentsOfDirectory(atPath: test.path).map { "\(test.path)/\($0)" }
      for file in files + [test.path] {
        if geteuid() == 0 { #expect(chown(file, 65534, 65534) == 0) }
        #expect(chmod(file, file == test.path ? 0o500 : 0o400) == 0)
      }
    }

    private func giveBack(_ test: TestStore) {
      chmod(test.path, 0o700)
    }

    @Test func readOnlyDirectoryIsReadAndNotWritten() async throws {
      let test = try TestStore([[Entry("a", "1")], [Entry("b", "2")]])
      try makeReadOnly(test)
      defer { giveBack(test) }
      await #expect(processExitsWith: .success) { [path = test.path as String] in
        Self.giveUpRights()
        var store = try Environment(reading: path, tables: 4)
        #expect(try store.entries(of: "rows") == [Entry("a", "1"), Entry("b", "2")])
        #expect(try store.check().inUse > 2)
        #expect(throws: LMDBError.readOnly) { try store.put([Entry("c", "3")], in: "rows") }
        // A writer who may write would be kept away.
        #expect(throws: LMDBError.alreadyOpen) { _ = try Environment(writing: path, tables: 4) }
      }
      await #expect(processExitsWith: .success) { [path = test.path as String] in
        Self.giveUpRights()
        #expect(throws: LMDBError.permissionDenied) { _ = try Environment(writing: path, tables: 4) }
        #expect(throws: LMDBError.permissionDenied) { _ = try Environment(creating: "\(path)/below", tables: 4) }
      }
    }

    /// Who can't register as a reader has the writer wait.
    @Test func readerWhoCanNotRegisterKeepsWritersAway() async throws {
      let test = try TestStore([[Entry("a", "1")]])
      let told = test.path("told")
      try makeReadOnly(test)
      defer { giveBack(test) }
      guard geteuid() == 0 else { return }
      // As root, who may write: as soon as the reader is there, it is waited for.
      let writer = Meanwhile {
        defer { creat(told, 0o644) }
        var isTold = false
        let limit = ContinuousClock.now.advanced(by: .seconds(60))
        while !isTold, ContinuousClock.now < limit {
          do {
            var store = try Environment(writing: test.path, tables: 4, waiting: { isTold = creat(told, 0o644) >= 0 })
            if isTold { try store.put([Entry("b", "2")], in: "rows") }
          }
          usleep(5000)
        }
        return isTold
      }
      await #expect(processExitsWith: .success) { [path = test.path as String, told = told as String] in
        Self.giveUpRights()
        var store = try Environment(reading: path, tables: 4, waiting: {})
        // It ends with the test, however that ends.
        let parent = getppid()
        while access(told, F_OK) != 0, getppid() == parent { usleep(1000) }
        #expect(try store.entries(of: "rows") == [Entry("a", "1")])
      }
      #expect(try await writer.value())
      #expect(try test.entries().count == 2)
    }

    @Test func storeOfAnotherUserIsNotRead() async throws {
      guard geteuid() == 0 else { return }
      let test = try TestStore([[Entry("a", "1")]])
      await #expect(processExitsWith: .success) { [path = test.path as String] in
        Self.giveUpRights()
        // Not even whether there is one can be told.
        #expect(throws: LMDBError.self) { _ = try Environment(reading: path, tables: 4) }
      }
    }
  }
#endif
