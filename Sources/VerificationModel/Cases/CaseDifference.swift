import EtcdStorage
import KubernetesStorage

/// What is different in two snapshots, of a case or not.
package struct CaseDifference: Hashable, Sendable {
  /// One of the two.
  package struct Side: Hashable, Sendable {
    /// Its path, as it was given; and its name in an archive.
    package let path: String
    package let member: String?
    /// Where it belongs in the case; nil without one.
    package let id: CaseSnapshot.ID?
    package let takenAt: SnapshotTime?
    /// The greatest main revision of a row; nil where the store could not be read.
    package let revision: Int64?

    /// A snapshot by where it lies.
    package init(path: String, member: String?, id: CaseSnapshot.ID?, takenAt: SnapshotTime?, revision: Int64?) {
      self.path = path
      self.member = member
      self.id = id
      self.takenAt = takenAt
      self.revision = revision
    }
  }

  /// What one snapshot has of an object.
  package struct State: Hashable, Sendable {
    /// The value in use, or nil.
    package let live: Value?
    /// The layers in which plaintext of it can be read, the value in use left aside.
    package let exposedIn: [Layer]

    /// The given value and layers.
    package init(live: Value?, exposedIn: [Layer]) {
      self.live = live
      self.exposedIn = exposedIn
    }
  }

  /// A value in use.
  package struct Value: Hashable, Sendable {
    package let revision: Revision
    package let valueClass: ValueClass
    /// What an encrypted value names as its key.
    package let encryption: StoredRow.Encryption?

    /// The given value.
    package init(revision: Revision, valueClass: ValueClass, encryption: StoredRow.Encryption?) {
      self.revision = revision
      self.valueClass = valueClass
      self.encryption = encryption
    }
  }

  /// How an object differs.
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    /// In use in the second alone.
    case came
    /// In use in the first alone.
    case went
    /// In use in both, and of another class: encrypted, or in the clear.
    case changedClass = "changed-class"
    /// Encrypted in both, under different keys.
    case changedKey = "changed-key"
    /// Written between the two, with the same class and key.
    case rewritten
    /// In use as before; but plaintext of it can be read in other layers.
    case exposedElsewhere = "exposed-elsewhere"
  }

  /// An object that is not the same in both.
  package struct Change: Hashable, Sendable {
    package let object: CaseObject
    package let kind: Kind
    /// nil where the snapshot has nothing of it.
    package let before: State?
    package let after: State?
    /// Whether both values in use have the same contents; nil where that is not known, or there are not two.
    package let hasSameContents: Bool?

    /// The given change.
    package init(_ object: CaseObject, _ kind: Kind, before: State?, after: State?, hasSameContents: Bool?) {
      self.object = object
      self.kind = kind
      self.before = before
      self.after = after
      self.hasSameContents = hasSameContents
    }
  }

  package let before: Side
  package let after: Side
  /// Whether both may be of one cluster, by its members; nil where one does not tell.
  package let mayBeOneCluster: Bool?
  /// By object.
  package let changes: [Change]
  /// Objects that are the same in both.
  package let unchanged: Int

  /// The given changes.
  package init(before: Side, after: Side, mayBeOneCluster: Bool?, changes: [Change], unchanged: Int) {
    self.before = before
    self.after = after
    self.mayBeOneCluster = mayBeOneCluster
    self.changes = changes
    self.unchanged = unchanged
  }

  /// How many objects differ in which way.
  package var counts: [Kind: Int] { changes.reduce(into: [:]) { $0[$1.kind, default: 0] += 1 } }
}
