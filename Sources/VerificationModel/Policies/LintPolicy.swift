import EncryptionConfig
import KubernetesStorage
import RuleCatalog

/// What an EncryptionConfiguration is held against.
public struct LintPolicy: Hashable, Sendable {
  /// What must be encrypted.
  public var required: [ResourcePattern]
  /// The least severity that fails the configuration; nil: none does.
  public var failOn: Severity?
  /// The API server that reads it.
  public var server: APIServerSettings
  /// Whether only cryptography that FIPS 140 knows may write.
  public var requiresFIPS: Bool
  /// Whether the file's mode doesn't matter, because it is a copy.
  public var ignoresFileMode: Bool

  /// The defaults of `atrest lint`.
  public init(
    required: [ResourcePattern] = [.resource(.secrets)], failOn: Severity? = .high,
    server: APIServerSettings = APIServerSettings(), requiresFIPS: Bool = false, ignoresFileMode: Bool = false
  ) {
    self.required = required
    self.failOn = failOn
    self.server = server
    self.requiresFIPS = requiresFIPS
    self.ignoresFileMode = ignoresFileMode
  }
}
