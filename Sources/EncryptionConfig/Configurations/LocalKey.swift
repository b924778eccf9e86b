import Cryptography

/// A key that stands in the configuration.
public struct LocalKey: Sendable {
  /// What the values it writes name; any text but the empty one, colons included.
  public let name: String
  /// The key itself, which can't be printed.
  public let secret: SecretBytes
  /// Where the key stands.
  public let place: ConfigurationPlace
  /// Where its secret stands.
  public let secretPlace: ConfigurationPlace
}
