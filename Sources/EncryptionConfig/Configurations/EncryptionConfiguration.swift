import Cryptography
import KubernetesStorage

/// The file that tells an API server what to encrypt at rest, and with which keys; read as the API server reads it.
///
/// ```swift
/// let configuration = try EncryptionConfiguration(wiping: &text)
/// configuration.resolution(of: .secrets).writeKey   // nil: Secrets are written in the clear
/// ```
public struct EncryptionConfiguration: Sendable {
  /// Which of the two spellings of version and kind the file has.
  public enum Header: String, CaseIterable, Hashable, Sendable {
    /// `apiserver.config.k8s.io/v1`, `EncryptionConfiguration`: since 1.13.
    case current = "apiserver.config.k8s.io/v1"
    /// `v1`, `EncryptionConfig`: the alpha form, which is still read.
    case legacy = "v1"

    /// The kind that goes with the version.
    public var kind: String {
      switch self {
      case .current: "EncryptionConfiguration"
      case .legacy: "EncryptionConfig"
      }
    }
  }

  /// How the file begins.
  public let header: Header
  /// Where its version stands.
  public let headerPlace: ConfigurationPlace
  /// The entries, in order. Never empty.
  public internal(set) var groups: [ResourceGroup]
  /// Where the list of entries stands.
  public let groupsPlace: ConfigurationPlace
  /// The API server for which the file was read.
  public internal(set) var server: APIServerSettings
  /// What the configuration lies in; nil when the file is the configuration itself, which alone an API server reads.
  public let wrapping: ConfigurationWrapping?
  /// What else the file holds that does not count.
  public let others: [OtherConfiguration]
  /// SHA-256 of the configuration's text, which API servers from 1.34 on tell as `last_config_info` (`sha256:` and the
  /// hex digits); where the configuration has no text of its own, of the file.
  public let digest: SHA256Digest
  /// Whether the configuration has a text of its own, which could be a file.
  public let hasOwnText: Bool
  /// What only some releases refuse.
  let laterRefusals: [ConfigurationError]
}
