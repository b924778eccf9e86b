import BoltFormat
import EtcdStorage

/// What could not be read, with details of the first ``capacity`` and a count of all.
package struct ErrorList: Sendable {
  /// The most errors whose details are kept.
  package static let capacity = 1000

  package private(set) var errors: [VerificationError] = []
  package private(set) var count = 0

  /// No errors.
  package init() {}

  /// Adds one.
  package mutating func add(_ error: VerificationError) {
    count += 1
    if errors.count < Self.capacity { errors.append(error) }
  }

  /// Errors beyond those in ``errors``.
  package var omitted: Int { count - errors.count }

  /// Adds those of another list, the omitted ones too.
  package mutating func add(contentsOf other: ErrorList) {
    other.errors.forEach { add($0) }
    count += other.omitted
  }

  /// Adds damage of the bbolt structure.
  package mutating func add(_ error: BoltError) {
    guard errors.count < Self.capacity else {
      count += 1
      return
    }
    add(VerificationError(error))
  }

  /// Adds a row that is not what etcd writes.
  package mutating func add(_ error: EtcdError, page: PageID, offset: ByteOffset) {
    add(
      VerificationError(
        code: "unreadable-row", message: "\(error) (page \(page), offset \(offset))", page: page, offset: offset))
  }
}
