/// Whether an encrypted value is what an API server wrote under its etcd key, as far as the keys at hand decide it.
///
/// The order is that of what is learned: of several keys of one name the one that tells most decides.
package enum Authenticity: UInt8, Comparable, Sendable {
  /// No key is at hand that could open it, or nobody asked.
  case notJudged
  /// Nothing comes out: it was encrypted with another key, or altered.
  case refused
  /// The key is the right one, for an object begins to come out, but the value was altered or cut off.
  case altered
  /// The key is the right one and an object comes out, but the value was not written under this etcd key, nor under the one
  /// that the object names; or it was altered.
  case unplaced
  /// It opens, and is no Kubernetes object.
  case notAnObject
  /// It was written under another etcd key, or is an object that another key names.
  case moved
  /// It opens, and is the object that its etcd key names.
  case authentic

  package static func < (left: Authenticity, right: Authenticity) -> Bool { left.rawValue < right.rawValue }

  /// Whether the value was opened.
  package var isOpened: Bool { self >= .notAnObject }
}
