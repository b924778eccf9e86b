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
    guard var context = CipherContext(.cbc, key: key) else { return nil }
    // Any IV will do. Sound: a byte is initialized memory of any pattern.
    context.start(unsafe Self.zeros.span.bytes)
    self.context = context
  }

  /// Decrypts `body`: IV and blocks. O(n).
  public mutating func open(_ body: RawSpan, into buffer: inout PlaintextBuffer) -> Decryption {
    guard decrypt(body, into: &buffer) else { return .malformed }
    return buffer.removePadding() ? .opened : .refused
  }

  /// Decrypts `body` and leaves the padding on, if it is one: what comes out may be anything. False when no key could open
  /// it; the buffer is empty then. O(n).
  public mutating func decrypt(_ body: RawSpan, into buffer: inout PlaintextBuffer) -> Bool {
    let count = body.byteCount - Self.blockByteCount
    guard count >= Self.blockByteCount, count % Self.blockByteCount == 0, body.byteCount <= Int(Int32.max) else {
      buffer.wipe()
      return false
    }
    // A block is decrypted with the one before it alone. So the IV is given to the cipher as if it were the first block: to
    // start anew would take a fifth of the time of a value of some KiB. What comes out for it means nothing.
    // Sound: there is room for as many bytes as are decrypted.
    unsafe context.decrypt(body, into: buffer.makeRoom(body.byteCount))
    buffer.keep(Self.blockByteCount..<body.byteCount)
    return true
  }

  /// Bytes of a block, and of the IV.
  private static let blockByteCount = 16
  private static let zeros = [UInt8](repeating: 0, count: blockByteCount)
}
