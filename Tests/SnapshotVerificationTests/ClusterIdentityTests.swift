import EtcdStorage
import SnapshotInput
import TestSupport
import Testing

@testable import SnapshotReading
@testable import SnapshotVerification
@testable import VerificationModel

@Suite("A cluster is recognised by its members")
struct ClusterIdentityTests {
  private static func report(_ root: BoltBucket, gzip: Bool = false) async throws -> SnapshotReport {
    let directory = try TemporaryDirectory()
    let path = try directory.file("backup.db", BoltWriter().image(root).snapshot())
    guard gzip else { return Verifier(policy: Policy.rows()).verify(path: path) }
    let process = try await ChildProcess(["gzip", path], in: directory.path)
    try #require(process.status == 0, "\(process.errors)")
    return Verifier(policy: Policy.rows()).verify(path: path + ".gz")
  }

  private static func root(members: [BoltBucket.Entry], removed: [BoltBucket.Entry] = []) -> BoltBucket {
    var root = EtcdWriter().root
    root["members"] = BoltBucket(members)
    root["members_removed"] = BoltBucket(removed)
    return root
  }

  @Test(arguments: [false, true])
  func `its members and its version are told, of a file and of a stream`(gzip: Bool) async throws {
    let members: [BoltBucket.Entry] = [
      .init("8211f1d0f64f3269", Array(#"{"id":9372538179322589801,"peerURLs":[],"name":"a\u003c\"b"}"#.utf8)),
      .init("fd422379fda50e48", Array(#"{"id":18249187646912138824,"peerURLs":["http://x"]}"#.utf8)),
      .init("1f", Array(#"{"name":"torn"#.utf8)),
      .init("FFFF", Array("{}".utf8)), .init("0123456789abcdef0", Array("{}".utf8)), .init("x", Array("{}".utf8)),
    ].sorted { $0.key.lexicographicallyPrecedes($1.key) }
    let root = Self.root(members: members, removed: [.init("2", Array("removed".utf8)), .init("1", [])].reversed())
    let cluster = try #require(try await Self.report(root, gzip: gzip).cluster)
    #expect(cluster.memberIDs == [0x1F, 0x8211_F1D0_F64F_3269, 0xFD42_2379_FDA5_0E48])
    #expect(cluster.members.map(\.name) == [nil, "a<\"b", nil])
    #expect(cluster.removedIDs == [1, 2])
    #expect(cluster.version?.description == "3.6.0")
  }

  @Test func `a store without these buckets tells nothing`() async throws {
    let root = BoltBucket(["key": BoltBucket(EtcdWriter().keyRows)])
    #expect(try await Self.report(root).cluster == nil)
  }

  @Test func `a forged store of countless members has so many and no more`() async throws {
    let members = (0..<5000).map { number in
      BoltBucket.Entry(String(0x1000_0000 + number, radix: 16), Array("{}".utf8))
    }
    let cluster = try #require(try await Self.report(Self.root(members: members)).cluster)
    #expect(cluster.members.count == ClusterRows.capacity)
  }

  @Test func `one cluster at two times has a member in common, or one that was removed`() {
    func cluster(_ ids: [UInt64], removed: [UInt64] = []) -> ClusterIdentity {
      ClusterIdentity(members: ids.map { .init(id: $0, name: nil) }, removedIDs: removed)
    }
    #expect(cluster([1, 2, 3]).mayBeSame(as: cluster([3, 4, 5])))
    #expect(cluster([1, 2, 3]).mayBeSame(as: cluster([4, 5, 6], removed: [1])))
    #expect(cluster([4, 5, 6], removed: [1]).mayBeSame(as: cluster([1, 2, 3])))
    #expect(!cluster([1, 2, 3]).mayBeSame(as: cluster([4, 5, 6], removed: [7])))
    #expect(!cluster([]).mayBeSame(as: cluster([])))
  }

  @Test func `all snapshots of the series are of one cluster`() throws {
    let series = SnapshotFixture.all.filter { "\($0)".hasPrefix("series/") }
    let clusters = try Set(series.map { try FixtureReport.of($0).cluster })
    #expect(series.isEmpty || clusters.count == 1)
    for cluster in clusters {
      #expect(cluster?.members.map(\.name) == ["lab"])
      #expect(cluster?.version?.description == "3.5.0")
    }
  }

  @Test(arguments: SnapshotFixture.all)
  func `every real snapshot tells its cluster`(fixture: SnapshotFixture) throws {
    let cluster = try #require(try FixtureReport.of(fixture).cluster)
    #expect(cluster.members.count == 1 && cluster.members.allSatisfy { $0.name?.isEmpty == false })
    #expect(cluster.version != nil)
  }
}
