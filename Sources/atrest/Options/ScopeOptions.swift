import ArgumentParser
import KubernetesStorage
import VerificationModel

/// What must be encrypted, and below which prefix.
struct ScopeOptions: ParsableArguments {
  @Option(
    name: [.customShort("c"), .long],
    help: ArgumentHelp(
      "The cluster's EncryptionConfiguration: tells what must be encrypted, which key writes, and which keys are missing.",
      valueName: "file"), completion: .file())
  var encryptionConfig: String?

  @Option(
    help: ArgumentHelp(
      """
      A resource that must be encrypted; repeat it for several (default: secrets, or what the configuration covers).
      """, valueName: "resource"),
    completion: ResourceSelection.completion, transform: ResourceSelection.patterns(of:))
  var resource: [[ResourcePattern]] = []

  @Flag(help: "Accept resources unknown to Kubernetes and to the snapshot.")
  var allowUnknownResource = false

  @OptionGroup var prefix: EtcdPrefixOption

  func validate() throws {
    guard encryptionConfig != "" else {
      throw ValidationError("--encryption-config names no file: is a variable unset that should hold the path?")
    }
    if !allowUnknownResource, let mistake = selection.mistake {
      throw ValidationError(mistake + ResourceSelection.insistence)
    }
  }

  var selection: ResourceSelection { ResourceSelection(resource) }

  /// What the call names, else what a policy states.
  func selection(stated: [ResourcePattern]?) -> ResourceSelection {
    ResourceSelection(resource.isEmpty ? stated.map { [$0] } ?? [] : resource)
  }
}
