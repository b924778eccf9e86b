import Foundation
import TestSupport
import Testing

/// `atrest inspect` computes what `etcdctl snapshot status` does, on its own.
@Suite("The status that inspect prints is etcdctl's", .etcd, .snapshotStatus, .serialized, .timeLimit(.minutes(20)))
struct InspectionTests {
  @Test("Of real snapshots of many versions of etcd", arguments: SnapshotFixture.all)
  func fixtures(_ fixture: SnapshotFixture) async throws {
    try await expectEtcdctlsStatus(at: fixture.path())
  }

  @Test("Of a new snapshot, and of the database file of the stopped member", arguments: Upkeep.allCases)
  func newSnapshot(upkeep: Upkeep) async throws {
    try await EtcdServer.run { etcd in
      let lease = try await etcd.client.grantLease()
      try await etcd.client.apply(
        .put("/registry/secrets/default/a", StoredSecret.plaintext()),
        .put("/registry/secrets/default/a", StoredSecret.sealed(.aescbc, "key1")),
        .transaction([.put("/registry/leases/a", "", lease: lease), .put("/registry/configmaps/a", [0, 0xFF])]),
        .delete("/registry/leases/a"),
        .put("/registry/configmaps/large", SeededGenerator.bytes(300_000)))
      _ = try await upkeep.run(etcd.client, upTo: 5)
      let snapshot = try await expectEtcdctlsStatus(at: etcd.client.saveSnapshot())
      #expect(try await snapshot["liveKeys"]?.number == Double(etcd.client.state().keys.count))
      try await etcd.stop()
      try await expectEtcdctlsStatus(at: etcd.databasePath)
    }
  }

  @Test("Of a store in which nothing was ever put")
  func emptyStore() async throws {
    try await EtcdServer.run { etcd in
      let snapshot = try await expectEtcdctlsStatus(at: etcd.client.saveSnapshot())
      #expect(snapshot["revision"]?.number == 0)
      #expect(snapshot["liveKeys"]?.number == 0)
    }
  }

  /// Expects the figures about the file at `path` to be those of etcdctl; answers ours.
  @discardableResult
  private func expectEtcdctlsStatus(
    at path: String, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> JSONValue {
    let atrest = try BuiltProgram.url("atrest").path(percentEncoded: false)
    let call = try await ChildProcess([atrest, "inspect", "--format", "json", path], in: "/")
    #expect(call.status == 0, "\(call.errors)", sourceLocation: sourceLocation)
    let report = try JSONValue(parsing: String(decoding: call.output, as: UTF8.self))
    let ours = try #require(report["snapshots"]?[0]?["status"], sourceLocation: sourceLocation)
    let theirs = try await EtcdClient.snapshotStatus(of: path)
    let hash = try #require(theirs["hash"]?.number, sourceLocation: sourceLocation)
    #expect(ours["hash"]?.number == hash, sourceLocation: sourceLocation)
    #expect(
      ours["hashHex"]?.string.flatMap { UInt32($0, radix: 16) } == UInt32(hash), sourceLocation: sourceLocation)
    for member in ["revision", "totalSize"] {
      #expect(ours[member] == theirs[member], "\(member)", sourceLocation: sourceLocation)
    }
    // etcdctl up to 3.5 counts the rows of all buckets (snapshot: v3_snapshot.go, Status).
    #expect(ours["totalKeys"] == theirs["totalKey"], sourceLocation: sourceLocation)
    return ours
  }
}
