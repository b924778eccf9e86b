import Cryptography
import KubernetesStorage

/// A snapshot that was taken into a case: a line of its list.
package struct CaseSnapshot: Hashable, Sendable {
  /// What names a snapshot of a case.
  package struct ID: Hashable, Comparable, Sendable {
    /// The name of its cluster in the case.
    package let cluster: String
    /// Its number among the snapshots of the cluster, from 1: in the order of the times at which they were taken, then of
    /// their greatest revisions, of those that they are compacted to, and of their digests, whatever the order in which they
    /// were taken in.
    package let number: Int

    /// Snapshot `number` of `cluster`.
    package init(cluster: String, number: Int) {
      self.cluster = cluster
      self.number = number
    }

    package static func < (left: ID, right: ID) -> Bool {
      (left.cluster, left.number) < (right.cluster, right.number)
    }
  }

  /// Revisions of a store.
  package struct Revisions: Hashable, Sendable {
    /// The revision up to which the history was compacted; 0 when it never was.
    package let compacted: Int64
    /// The greatest main revision of a row.
    package let greatest: Int64

    /// The given ones.
    package init(compacted: Int64, greatest: Int64) {
      self.compacted = compacted
      self.greatest = greatest
    }
  }

  package let id: ID
  /// The SHA-256 of the bbolt image, without what follows it.
  package let digest: SHA256Digest
  /// The path under which it was taken in, as it was given.
  package let path: String
  /// Its name in an archive.
  package var member: String?
  /// Bytes in the bbolt image.
  package let bytes: UInt64
  /// When it was taken; nil where nothing tells.
  package var takenAt: SnapshotTime?
  /// nil where the store could not be read.
  package var revisions: Revisions?
  /// The answer of its verification.
  package let verdict: Verdict
  /// The rules that decide on the verdict, the gravest first: those that the first line of a report has words for.
  package var causes: [Rule] = []
  /// Findings by rule, of whatever severity.
  package var findingCounts: [Rule: Int] = [:]
  /// Values of resources in scope by layer and class; of residue, objects in the clear alone.
  package var counts: [Layer: ClassCounts] = [:]
  /// Signs of plaintext that belong to no object that could be told apart.
  package var fragments = 0
  /// Of which cluster it is; nil where it does not tell.
  package var identity: ClusterIdentity?
  /// Why something could not be read: codes of errors, each once. All that could be read was taken in.
  package var errorCodes: [String] = []
  /// The release that took it in.
  package let release: String

  /// A snapshot of which nothing more is known.
  package init(id: ID, digest: SHA256Digest, path: String, bytes: UInt64, verdict: Verdict, release: String) {
    self.id = id
    self.digest = digest
    self.path = path
    self.bytes = bytes
    self.verdict = verdict
    self.release = release
  }

  /// Whether all of it was read.
  package var isComplete: Bool { errorCodes.isEmpty }
}
