import Cryptography
import Foundation
import TestSupport

@testable import ByteViews
@testable import KubernetesStorage
@testable import ValueAuthentication

/// The keys of the targets, and what is done with them on both sides.
enum EnvelopeKeys {
  /// Under which every value lies, and the object that it should be.
  static let etcdKey = Array("/registry/secrets/default/db".utf8)
  static let keyID = "kek-1"
  static let encryptedDEK = SeededGenerator.bytes(60, seed: 3)
  /// The one key of all providers, data keys and seeds.
  private static let key = SeededGenerator.bytes(32, seed: 17)

  private static var secret: SecretBytes {
    var copy = key
    return SecretBytes(wiping: &copy)
  }

  /// All of them.
  static let ring: KeyRing = {
    let hex = String(decoding: Wrapping.hex(key), as: UTF8.self)
    var text = Array("\(keyID) = \(hex)\n".utf8)
    let seeds = try? DEKSeeds(wiping: &text)
    let local: [Provider] = [.aescbc, .aesgcm, .secretbox]
    return KeyRing(
      keys: local.map { KeyRing.Key(provider: $0, name: "key1", secret: secret) }
        + local.map { KeyRing.Key(provider: $0, name: "key1:2", secret: secret) },
      seeds: seeds ?? DEKSeeds())
  }()

  /// The payload that holds `plaintext`. `head` is what stands before the ciphertext: IV, nonce, or info and nonce.
  static func sealed(_ plaintext: [UInt8], _ cipher: EnvelopeBody.Cipher, head: [UInt8]) -> [UInt8] {
    switch cipher {
    case .aescbc: Sealing.cbc(plaintext, key: key, iv: head)
    case .aesgcm, .aesgcmOrCBC: Sealing.gcm(plaintext, key: key, nonce: head, authenticating: etcdKey)
    case .secretbox: Sealing.secretbox(plaintext, key: key, nonce: head)
    case .seededAESGCM:
      Array(head.prefix(32))
        + Sealing.gcm(
          plaintext, key: derived(Array(head.prefix(32))), nonce: Array(head.dropFirst(32)), authenticating: etcdKey)
    }
  }

  /// HKDF-Expand (RFC 5869 §2.3) in one step.
  private static func derived(_ info: [UInt8]) -> [UInt8] {
    var code = HMACSHA256(key: key.rawSpan)
    return code.code(of: (info + [1]).rawSpan).bytes
  }

  /// What `payload` holds, as the readers that are tested open it; nil where it does not open.
  static func opened(_ payload: [UInt8], _ cipher: EnvelopeBody.Cipher) -> [UInt8]? {
    var buffer = PlaintextBuffer()
    let opening: Decryption?
    switch cipher {
    case .aescbc:
      guard var context = AESCBC(key: key.rawSpan) else { return nil }
      opening = context.open(payload.rawSpan, into: &buffer)
    case .aesgcm, .aesgcmOrCBC:
      guard var context = AESGCM(key: key.rawSpan) else { return nil }
      opening = context.open(payload.rawSpan, authenticating: etcdKey.rawSpan, into: &buffer)
    case .seededAESGCM:
      guard var context = ExtendedNonceGCM(seed: key.rawSpan) else { return nil }
      opening = context.open(payload.rawSpan, authenticating: etcdKey.rawSpan, into: &buffer)
    case .secretbox:
      opening = Secretbox(key: secret)?.open(payload.rawSpan, into: &buffer)
    }
    return opening == .opened ? buffer.withBytes { [UInt8](copying: $0) } : nil
  }
}

extension SeededGenerator {
  /// So many bytes that follow from `seed`.
  static func bytes(_ count: Int, seed: UInt64) -> [UInt8] {
    var random = SeededGenerator(seed: seed)
    return random.bytes(count)
  }
}
