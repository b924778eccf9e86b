/// AES-CBC as the API server's provider `aescbc` writes it: an IV of 16 bytes, then whole blocks, padded as PKCS#7 says.
///
/// Nothing tells whether the value was altered but what comes out. The padding is taken as the API server takes it
/// (apiserver storage/value/encrypt/aes/aes.go): its last byte says how many bytes there are, 1 … 255, all of which must
/// be the same; PKCS#7 ends at 16.
///
/// Made once per key: nothing is allocated for a value.
public struct AESCBC: ~Copyable {
  private var context: CipherContext

  /// Decryption with `key`, of 16, 24 or 32 bytes; nil of any other number.
  public init?(key: RawSpan) {
    guard let context = CipherContext(.cbc, key: key) else { return nil }
    self.context = context
  }

  /// Puts another key of the same length in place of the one it has.
  mutating func setKey(_ key: RawSpan) { context.setKey(key) }

  /// Decrypts `body`: IV and blocks. O(n).
  public mutating func open(_ body: RawSpan, into buffer: inout PlaintextBuffer) -> Decryption {
    guard decrypt(body, into: &buffer) else { return .malformed }
    return buffer.removePadding() ? .opened : .refused
  }

  /// Decrypts `body` and leaves the padding on, if it is one: what comes out may be anything. False when no key could open
  /// it; the buffer is empty then. O(n).
  public mutating func decrypt(_ body: RawSpan, into buffer: inout PlaintextBuffer) -> Bool {
    let count = body.byteCount - Self.blockByteCount
    guard count >= Self.blockByteCount, count % Self.blockByteCount == 0, count <= Int(Int32.max) else {
      buffer.wipe()
      return false
    }
    context.start(body.extracting(first: Self.blockByteCount))
    // Sound: there is room for as many bytes as are decrypted.
    unsafe context.decrypt(body.extracting(last: count), into: buffer.makeRoom(count))
    buffer.keep(count)
    return true
  }

  /// Bytes of a block, and of the IV.
  static let blockByteCount = 16
}
