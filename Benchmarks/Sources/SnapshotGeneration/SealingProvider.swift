import Foundation
import TestSupport

/// How the Secrets are encrypted: by one of the providers of Kubernetes that need no other service.
public enum SealingProvider: String, Codable, Sendable, CaseIterable {
  case aescbc
  case aesgcm
  case secretbox

  private static let keyName = "key1"

  /// The key that follows from `seed`: made up, as everything is.
  private static func key(seed: UInt64) -> [UInt8] {
    var random = SeededGenerator(seed: ~seed)
    return random.bytes(32)
  }

  /// What the value begins with.
  var prefix: [UInt8] { Array("k8s:enc:\(rawValue):v1:\(Self.keyName):".utf8) }

  /// What the value of the etcd key `path` becomes.
  func seal(_ plaintext: [UInt8], path: [UInt8], seed: UInt64, _ random: inout SeededGenerator) -> [UInt8] {
    let key = Self.key(seed: seed)
    let body =
      switch self {
      case .aescbc: Sealing.cbc(plaintext, key: key, iv: random.bytes(16))
      case .aesgcm: Sealing.gcm(plaintext, key: key, nonce: random.bytes(12), authenticating: path)
      case .secretbox: Sealing.secretbox(plaintext, key: key, nonce: random.bytes(24))
      }
    return prefix + body
  }

  /// The EncryptionConfiguration with which an API server would have written these values.
  func configuration(seed: UInt64) -> String {
    """
    apiVersion: apiserver.config.k8s.io/v1
    kind: EncryptionConfiguration
    resources:
      - resources:
          - secrets
        providers:
          - \(rawValue):
              keys:
                - name: \(Self.keyName)
                  secret: \(Data(Self.key(seed: seed)).base64EncodedString())
          - identity: {}

    """
  }
}
