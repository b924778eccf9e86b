import KubernetesStorage

/// How much of a store one resource takes, and how much of that is encrypted.
public struct ResourceUsage: Sendable, Hashable {
  /// What lies there.
  public enum Kind: String, Sendable {
    /// Objects of the Kubernetes API.
    case resource
    /// Records that an API server keeps for itself, such as the addresses it has handed out.
    case internalRecord = "internal-record"
    /// Keys that lie under no prefix of an API server.
    case otherKeys = "other-keys"
  }

  /// The group resource, such as `secrets` or `deployments.apps`; of records, the name of their directory.
  public let resource: String
  /// The etcd prefix it lies under; nil for other keys.
  public let prefix: EtcdPrefix?
  /// What lies there.
  public let kind: Kind
  /// The newest row of each key that is not deleted.
  public var live: ClassCounts
  /// Superseded and deleted rows; tombstones themselves are not counted.
  public var history: ClassCounts
  /// Bytes of the values of all rows.
  public var bytes: UInt64

  /// A resource of the given figures.
  public init(
    resource: String, prefix: EtcdPrefix?, kind: Kind = .resource, live: ClassCounts = .init(),
    history: ClassCounts = .init(), bytes: UInt64 = 0
  ) {
    self.resource = resource
    self.prefix = prefix
    self.kind = kind
    self.live = live
    self.history = history
    self.bytes = bytes
  }

  /// Keys that are not deleted.
  public var liveKeys: Int { live.total }

  /// All rows, those that delete a key apart.
  public var rows: Int { live.total + history.total }
}
