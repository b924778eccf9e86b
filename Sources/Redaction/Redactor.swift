import Cryptography
import EtcdStorage
import KubernetesStorage
import SnapshotInput
import VerificationModel

/// Replaces all that says whose a snapshot is, before any format of a report sees it.
///
/// Replaced are names of objects, etcd keys, namespaces (unless they are to be kept), the names of a Secret's data and
/// types that Kubernetes does not have, resources that are not built in, the names of encryption keys and the ids of KMS
/// keys, paths and entries of archives, the cluster and its members, and what a policy says in words. What stays are classes,
/// counts, revisions, sizes, places in the file, providers, and the SHA-256 of the file, which has too much in it to be
/// guessed.
public struct Redactor {
  let digests: NameDigests
  /// What is replaced.
  public let extent: Policy.NameReplacement

  /// A redactor under `key`, which has at least one byte.
  public init(_ extent: Policy.NameReplacement, key: SecretBytes) {
    self.extent = extent
    digests = NameDigests(key: key)
  }

  /// What stands for a name.
  public func name(_ kind: NameKind, _ name: String) -> String {
    switch kind {
    case .namespace where extent == .names: name
    case .resource: resource(name)
    case .prefix: prefix(EtcdPrefix(name)).description
    case .data where Self.knownTypes.contains(name): name
    // That nothing but standard input was read says nothing of anybody.
    case .path where name == InputList.standardInput: name
    default: digests.digest(kind, name)
    }
  }

  /// The types of Secrets that Kubernetes and Helm have.
  private static let knownTypes: Set<String> = [
    "Opaque", "bootstrap.kubernetes.io/token", "helm.sh/release.v1", "kubernetes.io/basic-auth",
    "kubernetes.io/dockercfg", "kubernetes.io/dockerconfigjson", "kubernetes.io/service-account-token",
    "kubernetes.io/ssh-auth", "kubernetes.io/tls",
  ]

  /// What is built into Kubernetes or OpenShift is no name; all else may tell whose it is.
  private func resource(_ name: String) -> String {
    Self.builtInResources.contains(name) ? name : digests.digest(.resource, name)
  }

  private static let builtInResources = Set(BuiltInResource.all.map(\.resource.description))

  /// The prefixes of API servers as they come are no names.
  func prefix(_ prefix: EtcdPrefix) -> EtcdPrefix {
    let text = prefix.description
    return ["/registry", "/kubernetes.io", "/openshift.io"].contains(text)
      ? prefix : EtcdPrefix(digests.digest(.prefix, text))
  }

  func pattern(_ pattern: ResourcePattern) -> ResourcePattern {
    switch pattern {
    case .resource(let resource):
      BuiltInResource.of(resource) != nil
        ? pattern : .resource(GroupResource(digests.digest(.resource, resource.description)))
    case .group(let group):
      BuiltInResource.isBuiltInGroup(group) ? pattern : .group(digests.digest(.resource, group))
    case .all: pattern
    }
  }

  func key(_ key: EtcdKey) -> EtcdKey {
    EtcdKey(bytes: Array(digests.digest(.key, key.description).utf8))
  }

  func text(_ text: MarkedText) -> MarkedText { text.replacingNames(name) }
}
