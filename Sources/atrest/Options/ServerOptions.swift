import ArgumentParser
import EncryptionConfig

/// How the API servers run that read an EncryptionConfiguration.
struct ServerOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The API servers' release, such as 1.31 (default: that of the snapshot, else the newest).",
      valueName: "version"),
    transform: Self.version(_:))
  var kubernetesVersion: KubernetesVersion?

  @Flag(help: "The API servers watch the file (--encryption-provider-config-automatic-reload).")
  var automaticReload = false

  @Flag(help: "The API servers still allow KMS v1 (--feature-gates KMSv1=true).")
  var allowKmsV1 = false

  var settings: APIServerSettings {
    APIServerSettings(
      kubernetesVersion: kubernetesVersion, reloadsAutomatically: automaticReload, enablesKMSv1: allowKmsV1)
  }

  private static func version(_ text: String) throws -> KubernetesVersion {
    guard let version = KubernetesVersion(text) else {
      throw ValidationError("it is no release of Kubernetes, such as 1.31 or v1.31.2")
    }
    return version
  }
}
