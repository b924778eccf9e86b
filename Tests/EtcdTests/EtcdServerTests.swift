import Foundation
import TestSupport
import Testing

@Suite("An etcd for one test", .etcd, .serialized, .timeLimit(.minutes(20)))
struct EtcdServerTests {
  private struct Failure: Error {
    let path: String
  }

  @Test("It is gone when the test has ended, and its files with it")
  func end() async throws {
    let path = try await EtcdServer.run { etcd in
      #expect(FileManager.default.fileExists(atPath: etcd.databasePath))
      return etcd.databasePath
    }
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test("It is gone when the test has failed, and its files with it")
  func failure() async throws {
    let failure = await #expect(throws: Failure.self) {
      try await EtcdServer.run { throw Failure(path: $0.databasePath) }
    }
    #expect(!FileManager.default.fileExists(atPath: try #require(failure).path))
  }

  @Test("A call that fails says what etcdctl and etcd said")
  func failedCall() async throws {
    let failure = await #expect(throws: ChildProcessFailure.self) {
      try await EtcdServer.run { try await $0.client.apply(.compact(9)) }
    }
    #expect(failure?.description.contains("required revision is a future revision") == true)
    #expect(failure?.description.contains("ready to serve client requests") == true)
  }

  @Test("A program that does not end is ended")
  func limit() async throws {
    let start = ContinuousClock.now
    await #expect(throws: ChildProcessFailure.self) {
      _ = try await ChildProcess(["sleep", "60"], in: "/", within: .milliseconds(200))
    }
    #expect(ContinuousClock.now - start < .seconds(30))
  }
}
