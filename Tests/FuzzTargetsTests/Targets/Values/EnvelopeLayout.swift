import TestSupport

@testable import KubernetesStorage

/// What a provider writes, with keys that the target knows.
protocol EnvelopeLayout {
  static var provider: Provider { get }
  /// A value that holds `plaintext` under the etcd key of the target.
  static func sealed(_ plaintext: [UInt8], _ random: inout SeededGenerator) -> [UInt8]
}

extension EnvelopeLayout {
  /// What the value begins with.
  fileprivate static func head(_ name: String) -> [UInt8] {
    Array("\(StoredSecret.Provider(rawValue: "\(provider.storedPrefix)")?.rawValue ?? "")\(name):".utf8)
  }
}

/// `aescbc`.
enum AESCBCLayout: EnvelopeLayout {
  static let provider = Provider.aescbc

  static func sealed(_ plaintext: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    head("key1") + EnvelopeKeys.sealed(plaintext, .aescbc, head: random.bytes(16))
  }
}

/// `aesgcm`.
enum AESGCMLayout: EnvelopeLayout {
  static let provider = Provider.aesgcm

  static func sealed(_ plaintext: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    head("key1") + EnvelopeKeys.sealed(plaintext, .aesgcm, head: random.bytes(12))
  }
}

/// `secretbox`.
enum SecretboxLayout: EnvelopeLayout {
  static let provider = Provider.secretbox

  static func sealed(_ plaintext: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    head("key1") + EnvelopeKeys.sealed(plaintext, .secretbox, head: random.bytes(24))
  }
}

/// KMS v1: a length of two bytes, the encrypted data key, and what `aesgcm` writes.
enum KMSv1Layout: EnvelopeLayout {
  static let provider = Provider.kmsv1

  static func sealed(_ plaintext: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    let key = EnvelopeKeys.encryptedDEK
    return head("vault") + [0, UInt8(key.count)] + key
      + EnvelopeKeys.sealed(plaintext, .aesgcmOrCBC, head: random.bytes(12))
  }
}

/// KMS v2: an `EncryptedObject`, with a seed or a data key.
enum KMSv2Layout: EnvelopeLayout {
  static let provider = Provider.kmsv2

  static func sealed(_ plaintext: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    let isSeeded = random.isOne(in: 2)
    let cipher: EnvelopeBody.Cipher = isSeeded ? .seededAESGCM : .aesgcm
    var object = ProtobufWriter()
    object.bytes(1, EnvelopeKeys.sealed(plaintext, cipher, head: random.bytes(isSeeded ? 44 : 12)))
    object.bytes(2, Array(EnvelopeKeys.keyID.utf8))
    object.bytes(3, EnvelopeKeys.encryptedDEK)
    object.varint(5, isSeeded ? 1 as UInt64 : 0)
    return head("vault") + object.bytes
  }
}
