/// AES-GCM with a key for each value, as KMS v2 writes it from a seed: 32 bytes of info, then what ``AESGCM`` writes.
///
/// apiserver storage/value/encrypt/aes/aes_extended_nonce.go: the value's key is HKDF-Expand (RFC 5869 §2.3) of the seed and
/// the info, with SHA-256 and as many bytes as one step gives, which is HMAC-SHA256(seed, info ‖ 1). The info is not
/// authenticated but by that.
///
/// Made once per seed: for a value only OpenSSL allocates.
public struct ExtendedNonceGCM: ~Copyable {
  /// The fewest bytes of a seed that the API server takes.
  public static let minimumSeedByteCount = 32

  private var expansion: HMACSHA256
  private var gcm: AESGCM
  private let valueKey: ShieldedMemory

  /// Decryption with keys from `seed`; nil of fewer than ``minimumSeedByteCount`` bytes.
  public init?(seed: RawSpan) {
    guard seed.byteCount >= Self.minimumSeedByteCount else { return nil }
    // Which key it has until the first value gives it one does not matter, but its length.
    guard let gcm = AESGCM(key: seed.extracting(first: HMACSHA256.byteCount)) else { return nil }
    self.gcm = gcm
    expansion = HMACSHA256(key: seed)
    valueKey = ShieldedMemory(HMACSHA256.byteCount)
  }

  /// Decrypts `body`: info, nonce, ciphertext and tag, which must be the one for it and `data`. O(n).
  public mutating func open(
    _ body: RawSpan, authenticating data: RawSpan, into buffer: inout PlaintextBuffer
  ) -> Decryption {
    guard deriveKey(of: body) else {
      buffer.wipe()
      return .malformed
    }
    return gcm.open(body.extracting(droppingFirst: Self.infoByteCount), authenticating: data, into: &buffer)
  }

  /// Decrypts `body` without asking for the tag: what comes out may be anything. False when no key could open it; the
  /// buffer is empty then. O(n).
  public mutating func decrypt(_ body: RawSpan, into buffer: inout PlaintextBuffer) -> Bool {
    guard deriveKey(of: body) else {
      buffer.wipe()
      return false
    }
    return gcm.decrypt(body.extracting(droppingFirst: Self.infoByteCount), into: &buffer)
  }

  /// Gives ``gcm`` the key of the value whose body this is; false when it is too short to tell it.
  private mutating func deriveKey(of body: RawSpan) -> Bool {
    guard body.byteCount >= Self.infoByteCount else { return false }
    // Sound: the memory has room for a key, which is written before it is read.
    unsafe expansion.write(codeOf: body.extracting(first: Self.infoByteCount), 1, to: valueKey.start)
    gcm.setKey(unsafe RawSpan(_unsafeStart: valueKey.start, byteCount: HMACSHA256.byteCount))
    valueKey.wipe(HMACSHA256.byteCount)
    return true
  }

  private static let infoByteCount = 32
}
