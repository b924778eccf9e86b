/// A cluster, as table ``CaseTable/clusters`` has it: its number (2) to its name.
struct ClusterRecord: Hashable, Sendable {
  /// Its number in the case, in the order in which clusters came.
  let number: UInt16
  let name: String

  /// The name of one that nobody named.
  static let unnamed = "cluster"
}
