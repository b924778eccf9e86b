import KubernetesStorage

/// What an encrypted value says of its key: the provider, and the name of the key or plugin.
public struct KeyReference: Hashable, Sendable {
  /// The provider.
  public let provider: Provider
  /// The name of the key, or of the KMS plugin, as it may be shown.
  public let name: String

  /// A key or plugin by its provider and name, or what stands for the name.
  public init(provider: Provider, name: String) {
    self.provider = provider
    self.name = KeyLabel(name).description
  }
}
