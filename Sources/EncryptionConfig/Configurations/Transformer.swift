/// One way of reading stored values and, where it is a resource's first, of writing them.
public enum Transformer: Sendable {
  /// With a key of the file.
  case key(LocalProvider, LocalKey)
  /// By a plugin.
  case plugin(KMSPlugin)
  /// As they are; reads everything that does not begin with `k8s:enc:` (apiserver pkg/storage/value/encrypt/identity).
  case identity(ConfigurationPlace)

  /// What the values it writes name; nil of plaintext.
  public var key: KeyReference? {
    switch self {
    case .key(let provider, let key): KeyReference(provider: provider.provider, name: key.name)
    case .plugin(let plugin): KeyReference(provider: plugin.provider, name: plugin.name)
    case .identity: nil
    }
  }

  /// Where in the file it stands.
  public var place: ConfigurationPlace {
    switch self {
    case .key(_, let key): key.place
    case .plugin(let plugin): plugin.place
    case .identity(let place): place
    }
  }
}
