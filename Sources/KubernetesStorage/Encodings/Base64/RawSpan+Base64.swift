import ByteViews

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension RawSpan {
  /// Decodes the base64 digits (RFC 4648 §4) that these bytes begin with and hands what they stand for to `body`.
  ///
  /// Ends of lines between digits are passed over, as Go's encoding/base64 does, and so is whatever follows them: padding, a
  /// forger's filler. The decoded bytes may be a secret: they lie in a temporary buffer of three quarters of the length, which is wiped when `body` returns.
  /// O(length).
  func withBase64Decoded<Result>(_ body: (RawSpan) -> Result) -> Result {
    var digits = 0
    while let byte = peek(at: digits), byte.isBase64Digit || byte == 0x0A || byte == 0x0D { digits += 1 }
    let capacity = max(Base64Count.decoded(digits: digits), 1)
    return unsafe withUnsafeTemporaryAllocation(byteCount: capacity, alignment: 1) { buffer in
      // Sound: the buffer has `capacity` bytes, all of them initialized here; nothing reads it afterwards.
      defer { unsafe wipe(buffer) }
      let count = unsafe decodeBase64(digits: digits, into: buffer)
      return unsafe body(RawSpan(_unsafeBytes: UnsafeRawBufferPointer(rebasing: buffer[..<count])))
    }
  }

  /// Every four digits, of so many bytes of digits and ends of lines, are three bytes; bits that are no whole byte at the end are dropped. Returns how many bytes were
  /// written, which `buffer` must have room for.
  private func decodeBase64(digits: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    var bits: UInt32 = 0
    var bitCount = 0
    var count = 0
    for offset in 0..<digits where byte(at: offset).isBase64Digit {
      bits = bits << 6 | UInt32(byte(at: offset).sextet)
      bitCount += 6
      if bitCount >= 8 {
        bitCount -= 8
        unsafe buffer[count] = UInt8(truncatingIfNeeded: bits >> UInt32(bitCount))
        count += 1
      }
    }
    return count
  }
}

/// Overwrites a buffer in a way that no optimizer takes out.
func wipe(_ buffer: UnsafeMutableRawBufferPointer) {
  guard let start = buffer.baseAddress else { return }
  // Sound: both write `buffer.count` bytes from its start.
  #if canImport(Darwin)
    _ = unsafe memset_s(start, buffer.count, 0, buffer.count)
  #else
    unsafe explicit_bzero(start, buffer.count)
  #endif
}
