import ArgumentParser
import VerificationModel

/// How it must be encrypted, and in which layers that is looked at.
struct DemandOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Every live value must be encrypted by this provider, and by this key or plugin if one is named.",
      valueName: "provider[:name]"),
    completion: .list(["aescbc", "aesgcm", "secretbox", "kmsv1", "kmsv2"]), transform: Self.provider(_:))
  var requireProvider: RequiredProvider?

  @Option(
    help: ArgumentHelp(
      "Layers to examine: live, history, residue, separated by commas (default: all three, or the policy's).",
      valueName: "layers"),
    completion: .list(LayerList.values), transform: LayerList.init(argument:))
  var layers: LayerList?

  private static func provider(_ text: String) throws -> RequiredProvider {
    guard let provider = RequiredProvider(text) else {
      throw ValidationError(
        "it names no provider: write aescbc, aesgcm, secretbox, kmsv1 or kmsv2, and after a colon the name of a key or plugin"
      )
    }
    return provider
  }
}
