import EncryptionConfig
import KubernetesStorage

/// Who must have encrypted every live value in scope.
public struct RequiredProvider: Hashable, Sendable, CustomStringConvertible {
  /// The provider.
  public let provider: Provider
  /// The name of the key or plugin, as it may be shown; nil: any.
  public let name: String?

  /// A provider, and the name of a key if one is required.
  public init(_ provider: Provider, name: String? = nil) {
    self.provider = provider
    self.name = name.map { KeyLabel($0).description }
  }

  /// The same provider, with another name for the key.
  package func replacingName(_ replacement: (String) -> String) -> RequiredProvider {
    RequiredProvider(provider, shownName: name.map(replacement))
  }

  private init(_ provider: Provider, shownName: String?) {
    self.provider = provider
    name = shownName
  }

  /// What `text` names: a provider as reports print it, and after a colon the name of a key; nil when it is none.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let provider = Provider(rawValue: parts[0]), parts.count == 1 || !parts[1].isEmpty else { return nil }
    self.init(provider, name: parts.count > 1 ? parts[1] : nil)
  }

  /// The text that names the same.
  public var description: String { provider.rawValue + (name.map { ":\($0)" } ?? "") }

  /// Whether a key of `provider` named `name` is one.
  public func allows(_ provider: Provider, _ name: String?) -> Bool {
    self.provider == provider && (self.name == nil || self.name == name)
  }
}
