import KubernetesStorage

/// A provider whose keys stand in the configuration itself. The raw value is the member's name.
public enum LocalProvider: String, CaseIterable, Hashable, Sendable {
  /// AES-CBC with PKCS#7 padding.
  case aescbc
  /// AES-GCM with random nonces.
  case aesgcm
  /// XSalsa20-Poly1305.
  case secretbox

  /// What the values it writes name.
  public var provider: Provider {
    switch self {
    case .aescbc: .aescbc
    case .aesgcm: .aesgcm
    case .secretbox: .secretbox
    }
  }

  /// The lengths in bytes that its keys may have.
  public var keyLengths: [Int] {
    switch self {
    case .aescbc, .aesgcm: [16, 24, 32]
    case .secretbox: [32]
    }
  }
}
