import ArgumentParser
import KubernetesStorage
import VerificationModel

/// What must be encrypted, and where that is looked for.
struct ScopeOptions: ParsableArguments {
  @Option(
    name: [.customShort("c"), .long],
    help: ArgumentHelp(
      "The cluster's EncryptionConfiguration: tells what must be encrypted, which key writes, and which keys are missing.",
      valueName: "file"))
  var encryptionConfig: String?

  @Option(
    help: ArgumentHelp(
      """
      A resource that must be encrypted; repeat it for several (default: secrets, or what the configuration covers).
      """, valueName: "resource"),
    transform: ResourceSelection.patterns(of:))
  var resource: [[ResourcePattern]] = []

  @Flag(help: "Accept resources unknown to Kubernetes and to the snapshot.")
  var allowUnknownResource = false

  @Option(
    help: ArgumentHelp(
      "Every live value must be encrypted by this provider, and by this key or plugin if one is named.",
      valueName: "provider[:name]"),
    transform: Self.provider(_:))
  var requireProvider: RequiredProvider?

  @Option(
    help: ArgumentHelp(
      "Layers to examine: live, history, residue, separated by commas (default: all three).", valueName: "layers"),
    transform: LayerList.init(argument:))
  var layers = LayerList.all

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

  private static func provider(_ text: String) throws -> RequiredProvider {
    guard let provider = RequiredProvider(text) else {
      throw ValidationError(
        "it names no provider: write aescbc, aesgcm, secretbox, kmsv1 or kmsv2, and after a colon the name of a key or plugin"
      )
    }
    return provider
  }
}
