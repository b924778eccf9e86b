import Cryptography
import EncryptionConfig
import KubernetesStorage

/// The EncryptionConfiguration that snapshots are held against.
public struct ConfigurationCheck: Sendable {
  /// The path it was read from, as the caller gave it.
  public let path: String
  /// SHA-256 of the configuration's text, as reports tell it.
  public let digest: SHA256Digest
  /// What stands in it.
  public let configuration: EncryptionConfiguration
  /// What must be encrypted whether the file encrypts it or not.
  public let required: [ResourcePattern]
  /// All keys and plugins of the file, each once, in order.
  package let keys: [KeyReference]
  /// Those that write something.
  package let writers: Set<KeyReference>

  /// A check against `configuration`.
  public init(
    path: String, configuration: EncryptionConfiguration, required: [ResourcePattern] = []
  ) {
    self.init(path: path, configuration: configuration, required: required, digest: configuration.digest)
  }

  private init(
    path: String, configuration: EncryptionConfiguration, required: [ResourcePattern], digest: SHA256Digest
  ) {
    self.path = path
    self.digest = digest
    self.configuration = configuration
    self.required = required
    var seen: Set<KeyReference> = []
    let transformers = configuration.groups.flatMap(\.providers).flatMap(\.transformers)
    keys = transformers.compactMap(\.key).filter { seen.insert($0).inserted }
    writers = Set(configuration.patterns.compactMap { configuration.transformers(for: $0).first?.key })
  }

  /// The same, as a redacted report tells it.
  package func replacingNames(
    path: String, required: [ResourcePattern], digest: (SHA256Digest) -> SHA256Digest
  ) -> ConfigurationCheck {
    ConfigurationCheck(path: path, configuration: configuration, required: required, digest: digest(self.digest))
  }

  /// What must be encrypted: what the file covers, and what else is required. Where that is nothing, Secrets must be.
  public var scope: [ResourcePattern] {
    var seen: Set<ResourcePattern> = []
    let patterns = (configuration.scope + required).filter { seen.insert($0).inserted }
    return patterns.isEmpty ? [.resource(.secrets)] : patterns
  }

  /// Whether `resource` is in scope by a wildcard only from which the file takes it out again by its name.
  package func exempts(_ resource: GroupResource) -> Bool {
    !required.contains { $0.matches(resource) } && configuration.scope.contains { $0.matches(resource) }
      && !configuration.resolution(of: resource).isEncrypting
  }
}

extension ConfigurationCheck: Hashable {
  /// Whether it is the same file, of which the same is required.
  public static func == (left: ConfigurationCheck, right: ConfigurationCheck) -> Bool {
    left.path == right.path && left.configuration.digest == right.configuration.digest
      && left.required == right.required
  }

  /// Hashes path and digest of the file.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(path)
    hasher.combine(configuration.digest)
  }
}
