import EtcdStorage
import Testing

@Suite("What the small buckets tell about a cluster")
struct ClusterSummaryTests {
  private func summary(_ rows: [(ClusterSummary.Bucket, String, [UInt8])]) -> ClusterSummary {
    var summary = ClusterSummary()
    for (bucket, key, value) in rows {
      let key = Array(key.utf8)
      unsafe summary.read(bucket, key: key.span.bytes, value: value.span.bytes)
    }
    return summary
  }

  @Test("Members, users and alarms are counted")
  func counts() {
    let cluster = summary([
      (.members, "8e9e05c52164694d", []), (.members, "1", []), (.members, "2", []), (.authUsers, "root", [1]),
      (.alarm, "x", []), (.cluster, "clusterVersion", Array("3.5.0".utf8)), (.auth, "authRevision", [1]),
    ])
    #expect(cluster.members == 3)
    #expect(cluster.users == 1)
    #expect(cluster.alarms == 1)
    #expect(cluster.version?.description == "3.5.0")
    #expect(!cluster.isAuthEnabled)
  }

  @Test(
    "Authentication is on when the byte is 1",
    arguments: [([1], true), ([0], false), ([], false), ([1, 0], false), ([2], false)] as [([UInt8], Bool)])
  func auth(value: [UInt8], expected: Bool) {
    #expect(summary([(.auth, "authEnabled", value)]).isAuthEnabled == expected)
  }

  @Test("A version that is none is not told", arguments: ["", "3.5", "x.y.z", String(repeating: "9", count: 100)])
  func version(text: String) {
    #expect(summary([(.cluster, "clusterVersion", Array(text.utf8))]).version == nil)
    #expect(summary([(.cluster, "downgrade", Array("3.5.0".utf8))]).version == nil)
  }
}
