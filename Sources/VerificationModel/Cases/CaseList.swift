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

  /// A file that was to be taken in, and of which the case has nothing, or not all.
  package struct Failure: Hashable, Sendable {
    /// Its path, as it was given; and its name, where it lies in an archive.
    package let path: String
    package let member: String?
    /// Why: a sentence.
    package let reason: String

    /// A file by what the log has of it.
    package init(path: String, member: String?, reason: String) {
      self.path = path
      self.member = member
      self.reason = reason
    }
  }

  /// The last digest of the log of what was done: whoever has noted it elsewhere can tell whether the log was changed since.
  package let head: SHA256Digest
  /// Acts in the log.
  package let acts: Int
  /// By name.
  package var clusters: [Cluster] = []
  /// Files that could not be taken in, in the order in which that was tried; but those that were taken in later, as files of
  /// the same path.
  package var failures: [Failure] = []
  /// By cluster and number.
  package var snapshots: [CaseSnapshot] = []

  /// A case without snapshots.
  package init(head: SHA256Digest, acts: Int) {
    self.head = head
    self.acts = acts
  }
}
