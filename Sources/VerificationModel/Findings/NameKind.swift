/// What of a report says who or what something belongs to, and leaves an organization only when it is replaced.
public enum NameKind: String, CaseIterable, Hashable, Sendable {
  /// A namespace.
  case namespace
  /// The name of an object.
  case object
  /// An etcd key, or a glob that names several.
  case key
  /// A prefix below which an API server keeps its keys.
  case prefix
  /// The name of an entry of a Secret's data, or a type that Kubernetes does not have.
  case data
  /// A resource that is not built into Kubernetes.
  case resource
  /// The name of an encryption key or plugin, or the id of a KMS key.
  case encryptionKey = "encryption-key"
  /// A file, a directory, or an entry of an archive.
  case path
  /// A member of etcd's cluster.
  case member
  /// A cluster, as the caller calls it.
  case cluster
  /// What somebody wrote into a policy: a reason, a name.
  case remark
}
