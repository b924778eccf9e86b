import ArgumentParser
import VerificationModel

/// What the caller calls the cluster of the snapshots.
struct ClusterOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What the cluster of these snapshots is called (default: told by the members that they name).",
      valueName: "name"))
  var cluster: String?

  func validate() throws {
    guard let cluster else { return }
    guard !cluster.isEmpty else {
      throw ValidationError("--cluster has no name: is a variable unset that should hold it?")
    }
    guard ClusterIdentity.isName(cluster) else {
      throw ValidationError(
        "'\(cluster)' can't be the name of a cluster: use letters, digits, '.', '_' and '-', at most 64 of them")
    }
  }
}
