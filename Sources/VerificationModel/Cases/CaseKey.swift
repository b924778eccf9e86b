import EtcdStorage

/// An encryption key, by which values of a cluster were seen to be encrypted.
package struct CaseKey: Hashable, Sendable {
  /// A value that is encrypted with it.
  package struct Write: Hashable, Sendable {
    package let revision: Revision
    /// The first snapshot that has the value.
    package let snapshot: CaseSnapshot.ID

    /// The given value.
    package init(revision: Revision, snapshot: CaseSnapshot.ID) {
      self.revision = revision
      self.snapshot = snapshot
    }
  }

  /// The values of one snapshot that need it.
  package struct Use: Hashable, Sendable {
    package let snapshot: CaseSnapshot.ID
    /// Values in use, and older ones.
    package let live: Int
    package let history: Int

    /// The given figures.
    package init(snapshot: CaseSnapshot.ID, live: Int, history: Int) {
      self.snapshot = snapshot
      self.live = live
      self.history = history
    }
  }

  /// Whether it is still needed.
  package enum Standing: Hashable, Sendable {
    /// The newest value of the cluster that is encrypted was written with it.
    case writing
    /// Values in use need it, and newer ones were written with another key: a rotation that is not complete.
    case needed(live: Int)
    /// No value in use needs it in the newest snapshot: from this one on, the first without one behind the last with any, the
    /// rotation was complete. It may be retired from the configuration of the cluster.
    case retirable(since: CaseSnapshot.ID)
  }

  /// The name of its cluster in the case.
  package let cluster: String
  package let encryption: StoredRow.Encryption
  /// The oldest and the newest value that was seen to be encrypted with it.
  package let firstWrite: Write
  package let lastWrite: Write
  /// The snapshots that hold values under it, by number.
  package let uses: [Use]
  package let standing: Standing

  /// A key by the values that need it.
  package init(
    cluster: String, _ encryption: StoredRow.Encryption, firstWrite: Write, lastWrite: Write, uses: [Use],
    standing: Standing
  ) {
    self.cluster = cluster
    self.encryption = encryption
    self.firstWrite = firstWrite
    self.lastWrite = lastWrite
    self.uses = uses
    self.standing = standing
  }

  /// The snapshots of whose values in use some can't be read without it: as long as one of them may have to be restored, it is
  /// to be kept, outside of the cluster at least.
  package var restorable: [CaseSnapshot.ID] { uses.filter { $0.live > 0 }.map(\.snapshot) }
}
