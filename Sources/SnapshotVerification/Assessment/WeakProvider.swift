import KubernetesStorage

/// A provider that the Kubernetes documentation warns about ("Encrypting Confidential Data at Rest", providers table).
enum WeakProvider: CustomStringConvertible {
  case aescbc
  case aesgcm(writes: Int)
  case kmsv1

  /// The documentation asks for a new AES-GCM key every 200 000 writes.
  static let aesgcmWrites = 200_000

  /// Whether `provider` is to be warned about; `mostWrites` is the number of writes under its busiest key.
  init?(_ provider: Provider, mostWrites: Int) {
    switch provider {
    case .aescbc: self = .aescbc
    case .aesgcm where mostWrites >= Self.aesgcmWrites: self = .aesgcm(writes: mostWrites)
    case .kmsv1: self = .kmsv1
    case .aesgcm, .secretbox, .kmsv2: return nil
    }
  }

  /// A machine-readable reason.
  var reason: String {
    switch self {
    case .aescbc: "no-integrity"
    case .aesgcm: "many-writes"
    case .kmsv1: "deprecated"
    }
  }

  /// The provider and what is weak about it.
  var description: String {
    switch self {
    case .aescbc: "aescbc, which Kubernetes does not recommend: no integrity, and not bound to the object"
    case .aesgcm(let writes): "an aesgcm key with at least \(writes) writes; Kubernetes asks for a new one every 200000"
    case .kmsv1: "KMS v1, deprecated since Kubernetes 1.28: use KMS v2"
    }
  }
}
