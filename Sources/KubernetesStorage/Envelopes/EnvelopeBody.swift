/// What follows the name in an envelope, taken apart as its provider laid it out. Ranges are byte offsets in the value.
///
/// | provider | layout |
/// |---|---|
/// | aescbc | IV (16), blocks |
/// | aesgcm | nonce (12), ciphertext, tag (16) |
/// | secretbox | nonce (24), tag (16), ciphertext |
/// | KMS v1 | length (2), encrypted data key, then what aesgcm writes or, up to Kubernetes 1.24, aescbc |
/// | KMS v2 | in an `EncryptedObject`: encrypted data key or seed; what aesgcm writes, of a seed behind 32 bytes of info |
public struct EnvelopeBody: Hashable, Sendable {
  /// How the payload is encrypted.
  public enum Cipher: Hashable, Sendable {
    case aescbc
    case aesgcm
    /// Which of the two, nothing in the value tells.
    case aesgcmOrCBC
    /// AES-GCM with a key derived from a seed for each value.
    case seededAESGCM
    case secretbox
  }

  /// How the payload is encrypted.
  public let cipher: Cipher
  /// Nonce or IV, ciphertext and tag, as the cipher has them.
  public let payload: Range<Int>
  /// The data key or seed as the plugin encrypted it; of KMS only.
  public let encryptedDEK: Range<Int>?
  /// The id of the plugin's key; of KMS v2 only.
  public let keyID: Range<Int>?

  /// Takes `body` apart, which lies in `value` behind the colon of the name; nil when no key could open it. O(headers).
  public init?(of value: RawSpan, body: Range<Int>, provider: Provider) {
    if provider == .kmsv2 {
      let object = EncryptedObject(in: value, at: body)
      guard object.fault == nil, let payload = object.encryptedData else { return nil }
      cipher = object.sourceType == 0 ? .aesgcm : .seededAESGCM
      self.payload = payload
      encryptedDEK = object.dekSource
      keyID = object.keyID
      return
    }
    let structure = BodyStructure(of: value, body: body, provider: provider)
    guard structure.fault == nil else { return nil }
    cipher =
      switch provider {
      case .aescbc: .aescbc
      case .secretbox: .secretbox
      case .kmsv1: .aesgcmOrCBC
      case .aesgcm, .kmsv2: .aesgcm
      }
    payload = structure.ciphertext
    encryptedDEK = provider == .kmsv1 ? (body.lowerBound + 2)..<payload.lowerBound : nil
    keyID = nil
  }

  /// What must be another for every value under one key: the nonce or IV, of a seed with the info before it. Where AES-GCM
  /// and AES-CBC can't be told apart, the bytes of the shorter one.
  public var nonce: Range<Int> {
    let count =
      switch cipher {
      case .aescbc: 16
      case .aesgcm, .aesgcmOrCBC: 12
      case .seededAESGCM: 32 + 12
      case .secretbox: 24
      }
    return payload.prefix(count)
  }

  /// Bytes that depend on all that was encrypted: of AES-CBC the last block, else the tag.
  public var seal: Range<Int> {
    switch cipher {
    case .secretbox: payload.dropFirst(24).prefix(16)
    case .aescbc, .aesgcm, .aesgcmOrCBC, .seededAESGCM: payload.suffix(16)
    }
  }
}
