extension RawSpan {
  /// The byte at `offset`, which must lie inside.
  @inlinable
  @inline(__always)
  package func byte(at offset: Int) -> UInt8 {
    // Sound: RawSpan checks the offset, and any byte is a UInt8.
    unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  }

  /// The byte at `offset`, nil beyond the end.
  @inlinable
  @inline(__always)
  package func peek(at offset: Int) -> UInt8? {
    offset < byteCount ? byte(at: offset) : nil
  }

  /// The eight bytes at `offset`, which must lie inside, the first of them lowest.
  @inlinable
  @inline(__always)
  package func word(at offset: Int) -> UInt64 {
    // Sound: RawSpan checks the range, and any eight bytes are a UInt64.
    UInt64(littleEndian: unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// The bytes from `offset` on, at most eight, the first of them lowest; zero bytes stand for what lies beyond the end.
  @inlinable
  @inline(__always)
  package func paddedWord(at offset: Int) -> UInt64 {
    guard offset + 8 > byteCount else { return word(at: offset) }
    var word: UInt64 = 0
    var shift: UInt64 = 0
    for index in offset..<Swift.max(offset, byteCount) {
      word |= UInt64(byte(at: index)) << shift
      shift += 8
    }
    return word
  }

  /// The sixteen bytes at `offset`, which lie inside: that is for the caller to check.
  @inlinable
  @inline(__always)
  package func vector(at offset: Int) -> SIMD16<UInt8> {
    assert(offset >= 0 && offset + 16 <= byteCount)
    // Sound: all callers check the range, and any sixteen bytes are a vector.
    return unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: SIMD16<UInt8>.self)
  }
}
