import ArgumentParser

/// The argument that names a snapshot of a case.
struct CaseSnapshotArgument: ParsableArguments {
  @Argument(
    help: """
      The snapshot: its number in 'case list', with several clusters CLUSTER/NUMBER, or the first digits of its SHA-256.
      """)
  var snapshot: String?

  /// The name as it was given.
  var name: String { snapshot ?? "" }

  func check() throws {
    guard let snapshot else { throw ValidationError("a snapshot is missing: 'atrest case list' has their numbers") }
    guard !snapshot.isEmpty else {
      throw ValidationError("the snapshot has no name: is a variable unset that should hold it?")
    }
  }
}
