import ByteViews
import EtcdStorage
import KubernetesStorage
import VerificationModel

/// The rows of the buckets that tell of which cluster a store is, as the walk through the tree brings them.
struct ClusterRows: Sendable {
  /// A bucket that tells something of it (etcd server/storage/schema/bucket.go).
  enum Bucket: String, Sendable {
    case cluster
    case members
    case removedMembers = "members_removed"
  }

  /// The most members that are kept; clusters have seven at most, and may have had some hundreds.
  static let capacity = 4096
  /// The longest row of a member that is read: it has a name, and some addresses.
  private static let longestMember = 64 << 10

  private var members: [ClusterIdentity.Member] = []
  private var removedIDs: [UInt64] = []
  private var version: StorageVersion?

  /// Takes note of a row. One that etcd does not write is passed over.
  mutating func read(_ bucket: Bucket, key: RawSpan, value: RawSpan) {
    switch bucket {
    case .cluster:
      if key.equals("clusterVersion") { version = StorageVersion(decoding: value) }
    case .members:
      guard let id = key.memberID, members.count < Self.capacity else { return }
      let isRead = value.byteCount <= Self.longestMember
      members.append(.init(id: id, name: isRead ? JSONSyntax.text(of: "name", in: value) : nil))
    case .removedMembers:
      guard let id = key.memberID, removedIDs.count < Self.capacity else { return }
      removedIDs.append(id)
    }
  }

  /// What they tell; nil when that is nothing.
  var identity: ClusterIdentity? {
    guard !members.isEmpty || !removedIDs.isEmpty || version != nil else { return nil }
    return ClusterIdentity(members: members, removedIDs: removedIDs, version: version)
  }
}

extension RawSpan {
  /// The id that is written here in hexadecimal digits, small letters, without zeros in front (etcd client/pkg/types/id.go).
  fileprivate var memberID: UInt64? {
    guard (1...16).contains(byteCount) else { return nil }
    var id: UInt64 = 0
    for offset in 0..<byteCount {
      let byte = byte(at: offset)
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): id = id << 4 | UInt64(byte - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"): id = id << 4 | UInt64(byte - UInt8(ascii: "a") + 10)
      default: return nil
      }
    }
    return id
  }
}
