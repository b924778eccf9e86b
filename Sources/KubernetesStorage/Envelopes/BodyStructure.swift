import ByteViews

/// What the bytes after the name must look like for a provider to be able to open them, judged without keys.
struct BodyStructure {
  /// Where bytes must be random: behind the headers. The whole body, when the headers are wrong.
  let ciphertext: Range<Int>
  /// The encrypted data key of KMS v1, or the encrypted data key or seed of KMS v2.
  private(set) var wrappedKey: Range<Int>?
  /// The key id of KMS v2.
  let keyID: Range<Int>?
  /// nil when the provider could open it with the right key.
  let fault: Reason?

  /// Judges `body`. O(1), for KMS v2 O(headers).
  init(of value: RawSpan, body: Range<Int>, provider: Provider) {
    switch provider {
    case .aescbc: self.init(aescbc: body)
    case .aesgcm: self.init(body, atLeast: Self.gcmOverhead)
    case .secretbox: self.init(body, atLeast: Self.secretboxOverhead)
    case .kmsv1: self.init(kmsv1: body, of: value)
    case .kmsv2: self.init(EncryptedObject(in: value, at: body), body: body)
    }
  }

  /// apiserver storage/value/encrypt/aes/aes.go: nonce of 12 bytes, ciphertext, tag of 16.
  static let gcmOverhead = 12 + 16
  /// apiserver storage/value/encrypt/secretbox/secretbox.go: nonce of 24 bytes, tag of 16, ciphertext.
  static let secretboxOverhead = 24 + 16
  /// apiserver storage/value/encrypt/aes/aes_extended_nonce.go: 32 bytes of HKDF info before what GCM writes.
  static let extendedNonceOverhead = 32 + gcmOverhead

  private init(_ body: Range<Int>, atLeast minimum: Int) {
    self.ciphertext = body
    self.keyID = nil
    self.fault = body.count < minimum ? .tooShort : nil
  }

  /// apiserver storage/value/encrypt/aes/aes.go: IV of 16 bytes, then whole blocks, at least one as padding always adds
  /// a byte.
  private init(aescbc body: Range<Int>) {
    self.ciphertext = body
    self.keyID = nil
    self.fault = body.count < 32 ? .tooShort : body.count % 16 != 0 ? .lengthNotMultipleOf16 : nil
  }

  /// apiserver storage/value/encrypt/envelope/envelope.go: length of the encrypted DEK (two bytes, big-endian), the
  /// DEK, the payload. The payload is GCM's since Kubernetes 1.25 and CBC's before, where 32 bytes are the least.
  private init(kmsv1 body: Range<Int>, of value: RawSpan) {
    keyID = nil
    guard body.count >= 2 + 1 + Self.gcmOverhead else {
      ciphertext = body
      fault = .tooShort
      return
    }
    let length = Int(value.byte(at: body.lowerBound)) << 8 | Int(value.byte(at: body.lowerBound + 1))
    guard length >= 1, length <= body.count - 2 - Self.gcmOverhead else {
      ciphertext = body
      fault = .dekLengthOutOfRange
      return
    }
    wrappedKey = (body.lowerBound + 2)..<(body.lowerBound + 2 + length)
    ciphertext = (body.lowerBound + 2 + length)..<body.upperBound
    fault = nil
  }

  private init(_ object: EncryptedObject, body: Range<Int>) {
    ciphertext = object.encryptedData ?? body
    keyID = object.keyID
    wrappedKey = object.dekSource.isEmpty ? nil : object.dekSource
    fault = object.fault
  }
}
