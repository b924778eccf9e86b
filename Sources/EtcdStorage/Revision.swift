/// A revision of etcd's store: the transaction, and the change inside it.
///
/// Ordered as etcd orders them: by `main`, then by `sub`.
@frozen
public struct Revision: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The transaction's number; real rows have 2 or more.
  public let main: Int64
  /// The index of the change inside its transaction, from 0.
  public let sub: Int64

  /// The change `sub` of transaction `main`.
  @inlinable
  public init(main: Int64, sub: Int64) {
    self.main = main
    self.sub = sub
  }

  /// Whether `lhs` was written before `rhs`.
  @inlinable
  public static func < (lhs: Revision, rhs: Revision) -> Bool {
    lhs.main != rhs.main ? lhs.main < rhs.main : lhs.sub < rhs.sub
  }

  /// `main`, or `main.sub` when `sub` is not 0.
  public var description: String { sub == 0 ? "\(main)" : "\(main).\(sub)" }
}

extension Revision {
  /// Whether a row of this revision is older than another of the same key, which has the revision `other`: of a put and a
  /// tombstone of one revision the tombstone is newer, whose row comes last. The newest row of a key tells whether it exists.
  public func isOlder(than other: Revision, ofTombstone isTombstone: Bool) -> Bool {
    self != other ? self < other : isTombstone
  }
}
