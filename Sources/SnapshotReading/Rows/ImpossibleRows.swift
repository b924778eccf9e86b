/// The rows of bucket `key` that no etcd wrote.
package struct ImpossibleRows: Hashable, Sendable {
  /// The first of them, in the order of their keys.
  package private(set) var first: [ImpossibleRow] = []
  /// How many there are.
  package private(set) var count = 0

  /// The most that are kept: every row of a forged file may be one.
  static let capacity = 65_536

  mutating func add(_ row: ImpossibleRow) {
    count += 1
    if first.count < Self.capacity { first.append(row) }
  }
}
