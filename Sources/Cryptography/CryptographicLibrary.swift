import COpenSSL
import CSodium

/// A library that does the cryptography.
public enum CryptographicLibrary: String, CaseIterable, Sendable {
  case openSSL = "OpenSSL"
  case libsodium = "libsodium"

  /// The version that the process runs with, such as `3.0.17`: what it was built with may have been another one.
  public var version: String {
    // Sound: both give text that lasts as long as the process, and never null.
    switch self {
    case .openSSL: unsafe String(cString: OpenSSL_version(OPENSSL_VERSION_STRING))
    case .libsodium: unsafe String(cString: sodium_version_string())
    }
  }
}
