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
  public let groups: [ResourceGroup]
  /// Where the list of entries stands.
  public let groupsPlace: ConfigurationPlace
  /// The API server for which the file was read.
  public let server: APIServerSettings
  /// SHA-256 of the file, which API servers from 1.34 on tell as `last_config_info` (`sha256:` and the hex digits).
  public let digest: SHA256Digest

  /// Reads `text`, YAML or JSON, as an API server of `server` does, and overwrites it.
  ///
  /// Keys go from the text into `SecretBytes`. Of the text itself only `text` is wiped: the copies that Swift strings
  /// and the YAML parser make on the way are freed before this returns, but their memory can't be reached to overwrite
  /// it.
  ///
  /// Throws everything that is wrong with the file. What depends on the release is whether unknown members are refused
  /// (from 1.31 on), names of resources (from 1.27 on) and KMS v1 (from 1.29 on); all else always is. Beyond the API
  /// server's own refusals, these are refused: files above 128 KiB, UTF-16, several documents, of which it reads the
  /// first only, collections more than a thousand deep in one another, more than 16 aliases, and aliases beside members
  /// that are no plain names. O(n).
  public init(
    wiping text: inout [UInt8], for server: APIServerSettings = APIServerSettings()
  ) throws(InvalidConfiguration) {
    defer { text.wipe() }
    var hash = SHA256()
    hash.update(text.rawSpan)
    let document: YAMLDocument
    do {
      document = try YAMLDocument(text)
    } catch {
      throw InvalidConfiguration([error])
    }
    var reader = ConfigurationReader(for: server)
    guard let draft = reader.configuration(document.root), reader.errors.isEmpty else {
      throw InvalidConfiguration(reader.errorsInOrder)
    }
    self.init(
      header: draft.header, headerPlace: draft.headerPlace, groups: draft.groups, groupsPlace: draft.groupsPlace,
      server: server, digest: hash.digest())
  }

  init(
    header: Header, headerPlace: ConfigurationPlace, groups: [ResourceGroup], groupsPlace: ConfigurationPlace,
    server: APIServerSettings, digest: SHA256Digest
  ) {
    self.header = header
    self.headerPlace = headerPlace
    self.groups = groups
    self.groupsPlace = groupsPlace
    self.server = server
    self.digest = digest
  }
}
