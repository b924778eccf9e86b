/// Who encrypted a value, and in which layout.
///
/// apiserver server/options/encryptionconfig/config.go: these five prefixes are all there are upstream.
public enum Provider: String, CaseIterable, Hashable, Sendable {
  /// AES-CBC with PKCS#7 padding; no integrity, not bound to its etcd key.
  case aescbc
  /// AES-GCM, bound to its etcd key.
  case aesgcm
  /// XSalsa20-Poly1305, not bound to its etcd key.
  case secretbox
  /// A plugin's encrypted data key beside the payload.
  case kmsv1
  /// A protobuf `EncryptedObject`, bound to its etcd key.
  case kmsv2

  /// What a stored value begins with; the key or plugin name and a colon follow.
  public var storedPrefix: StaticString {
    switch self {
    case .aescbc: "k8s:enc:aescbc:v1:"
    case .aesgcm: "k8s:enc:aesgcm:v1:"
    case .secretbox: "k8s:enc:secretbox:v1:"
    case .kmsv1: "k8s:enc:kms:v1:"
    case .kmsv2: "k8s:enc:kms:v2:"
    }
  }
}
