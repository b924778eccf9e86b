import Cryptography

/// What a case holds.
package struct CaseList: Hashable, Sendable {
  /// A cluster whose snapshots a case holds.
  package struct Cluster: Hashable, Sendable {
    /// The name that was given to it, or the one that the case gave.
    package let name: String
    /// The members that any of its snapshots names.
    package let identity: ClusterIdentity?

    /// A cluster by its name.
    package init(name: String, identity: ClusterIdentity?) {
      self.name = name
      self.identity = identity
    }
  }

  /// The last digest of the log of what was done: whoever has noted it elsewhere can tell whether the log was changed since.
  package let head: SHA256Digest
  /// Acts in the log.
  package let acts: Int
  /// By name.
  package var clusters: [Cluster] = []
  /// By cluster and number.
  package var snapshots: [CaseSnapshot] = []

  /// A case without snapshots.
  package init(head: SHA256Digest, acts: Int) {
    self.head = head
    self.acts = acts
  }
}
