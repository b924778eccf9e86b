import EtcdStorage

/// An object of which plaintext was seen in any snapshot of a case, in whatever layer.
package struct CaseExposure: Hashable, Sendable {
  /// What became of the value that could be read.
  package enum Standing: Hashable, Sendable {
    /// The newest snapshot has it in the clear, as the value in use.
    case plaintext
    /// The value in use is encrypted, and is the one that could be read: it was rewritten, and never rotated.
    case reencrypted
    /// The value in use is another one than any that could be read.
    case changed(since: Revision)
    /// The newest snapshot does not have the object any more. What the credential opens may still accept it.
    case deleted
    /// It can't be told: the value in use is encrypted and was not opened, or one that could be read is not whole.
    case unknown
  }

  package let object: CaseObject
  /// The revisions of the oldest and of the newest value that can be read; nil where no row tells them.
  package var firstRevision: Revision?
  package var lastRevision: Revision?
  /// Different values that can be read; nil where their digests are not all known.
  package var values: Int?
  /// The first and the last snapshot in which plaintext of it can be read, and how many of the cluster's have any.
  package let firstSnapshot: CaseSnapshot.ID
  package let lastSnapshot: CaseSnapshot.ID
  package let snapshots: Int
  /// Every layer in which it could be read, in any snapshot.
  package let layers: [Layer]
  /// Of the last snapshot that has it, the layer that most can read: live before history, and history before residue. nil
  /// where it lies in a part of the file in which etcd keeps no objects.
  package let lastLayer: Layer?
  /// What became of it, as the newest snapshot of its cluster has it.
  package let standing: Standing

  /// An exposure by where it was seen.
  package init(
    _ object: CaseObject, firstSnapshot: CaseSnapshot.ID, lastSnapshot: CaseSnapshot.ID, snapshots: Int,
    layers: [Layer], lastLayer: Layer?, standing: Standing
  ) {
    self.object = object
    self.firstSnapshot = firstSnapshot
    self.lastSnapshot = lastSnapshot
    self.snapshots = snapshots
    self.layers = layers
    self.lastLayer = lastLayer
    self.standing = standing
  }

  /// Whether whoever has one of the snapshots may have a credential that is still in force: unless it is known to be another
  /// one by now.
  package var isToBeRotated: Bool {
    if case .changed = standing { false } else { true }
  }
}
