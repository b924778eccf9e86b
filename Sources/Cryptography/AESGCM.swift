/// AES-GCM as the API server's provider `aesgcm` writes it: a nonce of 12 bytes, the ciphertext, a tag of 16 bytes.
///
/// The tag also covers bytes that are not stored with the value: the etcd key under which the API server wrote it
/// (apiserver storage/value/encrypt/aes/aes.go).
///
/// Made once per key: nothing is allocated for a value.
public struct AESGCM: ~Copyable {
  /// Bytes of a nonce.
  static let nonceByteCount = 12
  /// Bytes of a tag.
  static let tagByteCount = 16

  private var context: CipherContext

  /// Decryption with `key`, of 16, 24 or 32 bytes; nil of any other number.
  public init?(key: RawSpan) {
    guard let context = CipherContext(.gcm, key: key) else { return nil }
    self.context = context
  }

  /// Puts another key of the same length in place of the one it has.
  mutating func setKey(_ key: RawSpan) { context.setKey(key) }

  /// Decrypts `body`: nonce, ciphertext and tag, which must be the one for it and `data`. O(n).
  public mutating func open(
    _ body: RawSpan, authenticating data: RawSpan, into buffer: inout PlaintextBuffer
  ) -> Decryption {
    guard decrypt(body, authenticating: data, into: &buffer) else { return .malformed }
    guard context.finish(body.extracting(last: Self.tagByteCount)) else {
      buffer.wipe()
      return .refused
    }
    return .opened
  }

  /// Decrypts `body` without asking for the tag: what comes out may be anything. False when no key could open it; the
  /// buffer is empty then. O(n).
  public mutating func decrypt(_ body: RawSpan, into buffer: inout PlaintextBuffer) -> Bool {
    decrypt(body, authenticating: body.extracting(first: 0), into: &buffer)
  }

  private mutating func decrypt(
    _ body: RawSpan, authenticating data: RawSpan, into buffer: inout PlaintextBuffer
  ) -> Bool {
    let count = body.byteCount - Self.nonceByteCount - Self.tagByteCount
    guard count >= 0, count <= Int(Int32.max), data.byteCount <= Int(Int32.max) else {
      buffer.wipe()
      return false
    }
    context.start(body.extracting(first: Self.nonceByteCount))
    context.authenticate(data)
    let ciphertext = body.extracting(Self.nonceByteCount..<(Self.nonceByteCount + count))
    // Sound: there is room for as many bytes as are decrypted.
    unsafe context.decrypt(ciphertext, into: buffer.makeRoom(count))
    buffer.keep(0..<count)
    return true
  }
}
