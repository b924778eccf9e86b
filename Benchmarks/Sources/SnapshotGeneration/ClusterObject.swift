import TestSupport

/// An object of the generated cluster, as far as later revisions of it need to know.
struct ClusterObject: Sendable {
  let kind: ObjectKind
  let namespace: String
  let name: String
  /// What tells it from all others.
  let number: UInt64
  /// The lease it is attached to, or 0.
  let lease: Int64
  /// The main revision in which it came into being.
  var createRevision: Int64 = 0
  /// Changes so far.
  var version: Int64 = 0
  /// Whether its newest value is in the clear.
  var isPlaintext = true

  /// Whether its newest value is one of a Secret, in the clear.
  var isPlaintextSecret: Bool { kind == .secret && isPlaintext }

  /// The etcd key.
  var key: [UInt8] { Array("/registry/\(kind.resource)/\(namespace)/\(name)".utf8) }
}
