import KubernetesStorage

/// What must hold of a snapshot, and what is examined.
public struct Policy: Hashable, Sendable {
  /// The least severity that fails a snapshot; nil: none does. Errors, and an empty scope, are not excused by it.
  public var failOn: Severity?
  /// The layers to examine.
  public var layers: Set<Layer>
  /// The etcd prefix under which the resources lie; nil: found from the keys.
  public var etcdPrefix: EtcdPrefix?
  /// Whether a snapshot in which nothing is in scope passes.
  public var allowEmpty: Bool
  /// What is asked of the SHA-256 at the end of a snapshot.
  public var hash: HashRequirement
  /// The most findings whose details are kept; the counts are always exact.
  public var maximumFindings: Int

  /// What is asked of the SHA-256 at the end of a snapshot.
  public enum HashRequirement: Hashable, Sendable {
    /// It is computed; one that does not match is an error, a missing one a finding.
    case verified
    /// As ``verified``, and a missing one is an error.
    case required
    /// It is not computed.
    case skipped
  }

  /// The group resources in scope.
  public var resources: [String] { ["secrets"] }

  /// The defaults of `atrest verify`.
  public init(
    failOn: Severity? = .high, layers: Set<Layer> = [.live, .history], etcdPrefix: EtcdPrefix? = nil,
    allowEmpty: Bool = false, hash: HashRequirement = .verified, maximumFindings: Int = 10_000
  ) {
    self.failOn = failOn
    self.layers = layers
    self.etcdPrefix = etcdPrefix
    self.allowEmpty = allowEmpty
    self.hash = hash
    self.maximumFindings = maximumFindings
  }
}
