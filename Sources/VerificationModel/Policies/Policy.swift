import Cryptography
import KubernetesStorage
import RuleCatalog
import SnapshotInput

/// What must hold of a snapshot, and what is examined.
public struct Policy: Hashable, Sendable {
  /// The least severity that fails a snapshot; nil: none does. Errors, and an empty scope, are not excused by it.
  public var failOn: Severity?
  /// The layers to examine.
  public var layers: Set<Layer>
  /// What must be encrypted.
  public var resources: [ResourcePattern]
  /// The etcd prefix under which the resources lie; nil: found from the keys.
  public var etcdPrefix: EtcdPrefix?
  /// Whether a snapshot in which nothing is in scope passes.
  public var allowEmpty: Bool
  /// What is asked of the SHA-256 at the end of a snapshot.
  public var hash: HashRequirement
  /// The EncryptionConfiguration that snapshots are held against, if any.
  public var configuration: ConfigurationCheck?
  /// How values are decrypted; nil: they are not.
  public var decryption: DecryptionRequest?
  /// Who must have encrypted every live value in scope; nil: anyone that ``demands`` allow.
  public var requiredProvider: RequiredProvider?
  /// How the live values of single resources must be encrypted. Of a resource that several are about, the first counts.
  public var demands: [EncryptionDemand] = []
  /// The resources that the policy file demands something of by their names, and that the call left out of the scope.
  public var unexaminedDemands: [ResourcePattern] = []
  /// The policy file in force, if any.
  public var file: PolicySource?
  /// What a report replaces by keyed digests; nil: nothing.
  public var redaction: NameReplacement?
  /// What the caller calls the cluster of all snapshots, a name by ``ClusterIdentity/isName(_:)``; nil: it is known by its
  /// members alone.
  public var cluster: String?
  /// The most findings whose details are kept; the counts are always exact.
  public var maximumFindings: Int

  /// What a report replaces by keyed digests. The raw value is the option's.
  public enum NameReplacement: String, CaseIterable, Hashable, Sendable {
    /// All names, namespaces among them.
    case all
    /// All names but those of namespaces.
    case names
  }

  /// What is asked of the SHA-256 at the end of a snapshot.
  public enum HashRequirement: Hashable, Sendable {
    /// It is computed; one that does not match is an error, a missing one a finding.
    case verified
    /// As ``verified``, and a missing one is an error.
    case required
    /// It is not computed.
    case skipped
  }

  /// The demand on `resource` that counts; nil where there is none.
  public func demand(on resource: GroupResource) -> EncryptionDemand? { demands.first { $0.concerns(resource) } }

  /// The resources that ``demands`` name one by one, and that are not in scope.
  public var demandsOutOfScope: [ResourcePattern] {
    var seen: Set<GroupResource> = []
    return demands.flatMap(\.namedResources)
      .filter { resource in seen.insert(resource).inserted && !resources.contains { $0.matches(resource) } }
      .map(ResourcePattern.resource)
  }

  /// Who must have encrypted the live values of `resource`; nil: anyone.
  public func requiredProvider(for resource: GroupResource) -> RequiredProvider? {
    requiredProvider ?? demand(on: resource)?.provider
  }

  /// The digest of a file that the policy names, as reports tell it: the digits of its SHA-256; where names are redacted, what
  /// stands in place of that, which is no SHA-256.
  package func text(of digest: SHA256Digest) -> String {
    redaction == nil ? digest.description : RedactedName.text(of: digest.bytes)
  }

  /// The same with what it is before it, for people.
  package func statement(of digest: SHA256Digest) -> String {
    redaction == nil ? "SHA-256 \(digest)" : "digest \(text(of: digest))"
  }

  /// Where what must be encrypted lies.
  package var scope: ResourceScope { ResourceScope(resources) }

  /// The defaults of `atrest verify`.
  public init(
    resources: [ResourcePattern] = [.resource(.secrets)], failOn: Severity? = .high,
    layers: Set<Layer> = Set(Layer.allCases), etcdPrefix: EtcdPrefix? = nil,
    allowEmpty: Bool = false, hash: HashRequirement = .verified, maximumFindings: Int = 10_000
  ) {
    self.resources = resources
    self.failOn = failOn
    self.layers = layers
    self.etcdPrefix = etcdPrefix
    self.allowEmpty = allowEmpty
    self.hash = hash
    self.maximumFindings = maximumFindings
  }
}
