/// The objects that could be read from any snapshot of a case, and what to do about them.
package struct CaseExposures: Hashable, Sendable {
  /// A snapshot from which objects can be read.
  package struct Leak: Hashable, Sendable {
    package let snapshot: CaseSnapshot.ID
    /// Objects of which plaintext can be read from it.
    package let objects: Int
    /// Of these, those whose value was not changed since, as far as is known: once they are rotated, the snapshot gives away
    /// no credential that is in force.
    package let objectsInForce: Int
    /// Where in it they can be read.
    package let layers: [Layer]

    /// A snapshot by what can be read from it.
    package init(snapshot: CaseSnapshot.ID, objects: Int, objectsInForce: Int, layers: [Layer]) {
      self.snapshot = snapshot
      self.objects = objects
      self.objectsInForce = objectsInForce
      self.layers = layers
    }
  }

  /// By object.
  package var objects: [CaseExposure] = []
  /// The snapshots to destroy, or to keep as closely as the credentials in them: every one from which an object can be read.
  package var leaks: [Leak] = []
  /// Signs of plaintext in any snapshot that belong to no object that could be told apart.
  package var fragments = 0

  /// None.
  package init() {}

  /// The credentials to rotate.
  package var toBeRotated: [CaseExposure] { objects.filter(\.isToBeRotated) }
  /// Of these, those that were encrypted afterwards and never rotated: nobody who looks at the newest snapshot sees them.
  package var reencrypted: [CaseExposure] { objects.filter { $0.standing == .reencrypted } }
}
