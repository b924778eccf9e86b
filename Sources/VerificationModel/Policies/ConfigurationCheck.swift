import EncryptionConfig
import KubernetesStorage

/// The EncryptionConfiguration that snapshots are held against.
public struct ConfigurationCheck: Sendable {
  /// The path it was read from, as the caller gave it.
  public let path: String
  /// What stands in it.
  public let configuration: EncryptionConfiguration
  /// Whether values are decrypted with its keys.
  public let authenticates: Bool
  /// What must be encrypted whether the file encrypts it or not.
  public let required: [ResourcePattern]
  /// Where the data keys and seeds of KMS plugins are; nil where none were given.
  public let seedsPath: String?
  /// The prefix that a gateway puts before the keys in etcd; nil where there is none.
  public let strippedPrefix: String?
  /// All keys and plugins of the file, each once, in order.
  package let keys: [KeyReference]
  /// Those that write something.
  package let writers: Set<KeyReference>

  /// A check against `configuration`.
  public init(
    path: String, configuration: EncryptionConfiguration, authenticates: Bool = false, required: [ResourcePattern] = [],
    seedsPath: String? = nil, strippedPrefix: String? = nil
  ) {
    self.path = path
    self.configuration = configuration
    self.authenticates = authenticates
    self.required = required
    self.seedsPath = seedsPath
    self.strippedPrefix = strippedPrefix
    var seen: Set<KeyReference> = []
    let transformers = configuration.groups.flatMap(\.providers).flatMap(\.transformers)
    keys = transformers.compactMap(\.key).filter { seen.insert($0).inserted }
    writers = Set(configuration.patterns.compactMap { configuration.transformers(for: $0).first?.key })
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
  /// Whether it is the same file, for the same purpose.
  public static func == (left: ConfigurationCheck, right: ConfigurationCheck) -> Bool {
    left.path == right.path && left.configuration.digest == right.configuration.digest
      && left.authenticates == right.authenticates && left.required == right.required
  }

  /// Hashes path and digest of the file.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(path)
    hasher.combine(configuration.digest)
  }
}
