import TestSupport

/// How the Secrets are encrypted: by one of the providers of Kubernetes that need no other service.
public enum SealingProvider: String, Codable, Sendable, CaseIterable {
  case aescbc
  case aesgcm
  case secretbox

  /// What the value of the etcd key `path` becomes under `key`.
  func seal(_ plaintext: [UInt8], path: [UInt8], key: SealingKey, _ random: inout SeededGenerator) -> [UInt8] {
    let body =
      switch self {
      case .aescbc: Sealing.cbc(plaintext, key: key.bytes, iv: random.bytes(16))
      case .aesgcm: Sealing.gcm(plaintext, key: key.bytes, nonce: random.bytes(12), authenticating: path)
      case .secretbox: Sealing.secretbox(plaintext, key: key.bytes, nonce: random.bytes(24))
      }
    return Array("k8s:enc:\(rawValue):v1:\(key.name):".utf8) + body
  }

  /// The EncryptionConfiguration with which an API server would have written values under `keys`.
  func configuration(_ keys: [SealingKey]) -> String {
    """
    apiVersion: apiserver.config.k8s.io/v1
    kind: EncryptionConfiguration
    resources:
      - resources:
          - secrets
        providers:
          - \(rawValue):
              keys:
    \(keys.map(\.configuration).joined())\
          - identity: {}

    """
  }
}
