/// An element of an entry's list of providers.
public struct ConfiguredProvider: Sendable {
  /// What an element may be: exactly one of these.
  public enum Kind: Sendable {
    /// Keys that stand in the file, in order: the first one writes. Never empty.
    case local(LocalProvider, [LocalKey])
    /// A plugin.
    case kms(KMSPlugin)
    /// No encryption.
    case identity
  }

  /// What it is.
  public let kind: Kind
  /// Where it stands.
  public let place: ConfigurationPlace

  /// Whether it leaves values in the clear.
  public var isIdentity: Bool {
    if case .identity = kind { true } else { false }
  }

  /// The ways in which it reads values, in order; the first one writes.
  public var transformers: [Transformer] {
    switch kind {
    case .local(let provider, let keys): keys.map { .key(provider, $0) }
    case .kms(let plugin): [.plugin(plugin)]
    case .identity: [.identity(place)]
    }
  }
}
