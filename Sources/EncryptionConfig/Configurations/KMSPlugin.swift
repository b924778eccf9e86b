import KubernetesStorage

/// A plugin that keeps keys outside of the API server, and how it is spoken to.
public struct KMSPlugin: Hashable, Sendable {
  /// Which of the two plugin interfaces it has.
  public enum Version: String, CaseIterable, Hashable, Sendable {
    /// The data key of every value is encrypted by the plugin; deprecated in 1.28, off from 1.29 on.
    case v1
    /// Stable since 1.29.
    case v2
  }

  /// The plugin's interface, `v1` unless stated.
  public let version: Version
  /// Whether the file states the version.
  public let statesVersion: Bool
  /// What the values it writes name.
  public let name: String
  /// A URL of the scheme `unix`.
  public let endpoint: String
  /// How long a call may take; 3 s unless stated.
  public let timeout: Duration
  /// How many decrypted data keys are kept, negative: none; 1000 unless stated. Of KMS v1 only.
  public let cacheSize: Int32?
  /// Where the plugin stands.
  public let place: ConfigurationPlace
  /// Where its endpoint stands.
  public let endpointPlace: ConfigurationPlace

  /// What the values it writes name as provider.
  public var provider: Provider {
    switch version {
    case .v1: .kmsv1
    case .v2: .kmsv2
    }
  }
}
