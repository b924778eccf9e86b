import EtcdStorage
import KubernetesStorage

/// Every value of one object that was seen in any snapshot of a case.
package struct CaseTimeline: Hashable, Sendable {
  /// Snapshots, one after the other in their cluster, that hold a value in one layer.
  package struct Presence: Hashable, Sendable {
    /// nil: in a part of the file in which etcd keeps no objects.
    package let layer: Layer?
    package let first: CaseSnapshot.ID
    package let last: CaseSnapshot.ID

    /// In all snapshots from `first` to `last`.
    package init(layer: Layer?, first: CaseSnapshot.ID, last: CaseSnapshot.ID) {
      self.layer = layer
      self.first = first
      self.last = last
    }
  }

  /// One value, as some snapshots have it.
  package struct Entry: Hashable, Sendable {
    /// nil of an object without its row.
    package let revision: Revision?
    package let valueClass: ValueClass
    /// What an encrypted value names as its key.
    package let encryption: StoredRow.Encryption?
    /// What keys told of it.
    package let authenticity: Authenticity
    package let valueBytes: Int
    /// Which contents it has: equal contents of the object have one number, from 1 in the order of the entries. nil where
    /// they could not be read.
    package let contents: Int?
    /// By first snapshot.
    package let presences: [Presence]

    /// A value by what is known of it.
    package init(
      revision: Revision?, valueClass: ValueClass, encryption: StoredRow.Encryption?, authenticity: Authenticity,
      valueBytes: Int, contents: Int?, presences: [Presence]
    ) {
      self.revision = revision
      self.valueClass = valueClass
      self.encryption = encryption
      self.authenticity = authenticity
      self.valueBytes = valueBytes
      self.contents = contents
      self.presences = presences
    }
  }

  package let object: CaseObject
  /// By revision; objects without rows come last. A revision is there more than once where snapshots disagree on what it is,
  /// which those of one cluster do only where one of them was altered.
  package let entries: [Entry]
  /// Whether the newest snapshot of the cluster has the object in use.
  package let isLive: Bool

  /// The given entries.
  package init(_ object: CaseObject, entries: [Entry], isLive: Bool) {
    self.object = object
    self.entries = entries
    self.isLive = isLive
  }
}
