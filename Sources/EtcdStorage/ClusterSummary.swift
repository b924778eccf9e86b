import ByteViews

/// What the small buckets of a store tell about its cluster (etcd storage/schema: bucket.go, membership.go, auth.go,
/// alarm.go).
public struct ClusterSummary: Hashable, Sendable {
  /// A bucket that tells something.
  public enum Bucket: String, Sendable {
    /// Alarms that are raised, such as NOSPACE.
    case alarm
    /// Whether authentication is switched on.
    case auth
    /// The users of etcd.
    case authUsers
    /// The version that the members have agreed on.
    case cluster
    /// The members, a row for each.
    case members
  }

  /// The version that the members have agreed on; its last number is always 0.
  public private(set) var version: StorageVersion?
  /// Members of the cluster. Up to etcd 3.4, what counts lies in another file.
  public private(set) var members = 0
  /// Whether clients must log in.
  public private(set) var isAuthEnabled = false
  /// Users that may log in.
  public private(set) var users = 0
  /// Alarms that are raised: a member is out of space, or corrupt.
  public private(set) var alarms = 0

  /// A cluster of which nothing is known.
  public init() {}

  /// Takes note of a row.
  public mutating func read(_ bucket: Bucket, key: RawSpan, value: RawSpan) {
    switch bucket {
    case .alarm: alarms += 1
    case .auth where key.equals("authEnabled"): isAuthEnabled = value.byteCount == 1 && value.byte(at: 0) == 1
    case .auth: break
    case .authUsers: users += 1
    case .cluster where key.equals("clusterVersion"): version = StorageVersion(decoding: value)
    case .cluster: break
    case .members: members += 1
    }
  }
}
