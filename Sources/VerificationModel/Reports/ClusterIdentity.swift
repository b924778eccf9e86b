import EtcdStorage

/// By what it is recognised of which cluster of etcd a store is: its members, as buckets `members` and `members_removed` have
/// them (etcd server/storage/schema/membership.go).
///
/// The id of a member is a digest of its addresses, of the cluster's token and, if it joined later, of the time. So two
/// clusters that were set up alike on the same addresses, one after the other perhaps, have members of the same ids, and a
/// cluster that was restored from a snapshot has others than before.
public struct ClusterIdentity: Hashable, Sendable {
  /// A member of the cluster.
  public struct Member: Hashable, Sendable {
    /// Its id.
    public let id: UInt64
    /// Its name; empty when it never started, and nil where its row can't be read.
    public let name: String?

    /// A member by what its row tells.
    public init(id: UInt64, name: String?) {
      self.id = id
      self.name = name
    }
  }

  /// The members, by id.
  public let members: [Member]
  /// The ids of members that were removed, in ascending order.
  public let removedIDs: [UInt64]
  /// The version that the members have agreed on; its last number is always 0.
  public let version: StorageVersion?

  /// A cluster by what its buckets tell.
  public init(members: [Member], removedIDs: [UInt64] = [], version: StorageVersion? = nil) {
    self.members = members.sorted { $0.id < $1.id }
    self.removedIDs = removedIDs.sorted()
    self.version = version
  }

  /// The ids of the members, in ascending order.
  public var memberIDs: [UInt64] { members.map(\.id) }

  /// Whether `text` can be what people call a cluster: up to 64 letters, digits, `.`, `_` and `-` of ASCII.
  public static func isName(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }

  /// Whether both may be one cluster, at two times: a member of one is, or was, one of the other too.
  public func mayBeSame(as other: ClusterIdentity) -> Bool {
    let (own, others) = (Set(memberIDs), Set(other.memberIDs))
    return !own.isDisjoint(with: others) || !own.isDisjoint(with: other.removedIDs)
      || !others.isDisjoint(with: removedIDs)
  }
}
