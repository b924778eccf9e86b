import ArgumentParser
import KubernetesStorage

/// What an EncryptionConfiguration must do.
struct LintDemands: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A resource that must be encrypted; repeat it for several (default: secrets).", valueName: "resource"),
    completion: ResourceSelection.completion, transform: ResourceSelection.patterns(of:))
  var resource: [[ResourcePattern]] = []

  @Flag(help: "Accept resources unknown to Kubernetes.")
  var allowUnknownResource = false

  @Flag(help: "Only cryptography that FIPS 140 approves may write.")
  var fips = false

  @Flag(help: "Do not check who may read the file: it is a copy.")
  var ignoreFileMode = false

  @Option(help: ArgumentHelp("The least severity that fails.", valueName: "severity"))
  var failOn = FailureThreshold.high

  func validate() throws {
    if !allowUnknownResource, let mistake = ResourceSelection(resource).mistake {
      throw ValidationError(mistake + ResourceSelection.insistence)
    }
  }
}
