extension RawSpan {
  /// The eight bytes at `offset`, which must lie inside, the first of them lowest.
  @inline(__always)
  func word(at offset: Int) -> UInt64 {
    // Sound: RawSpan checks the range, and any eight bytes are a UInt64.
    UInt64(littleEndian: unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// The bytes from `offset` on, at most eight, the first of them lowest; zero bytes stand for what lies beyond the end.
  @inline(__always)
  func paddedWord(at offset: Int) -> UInt64 {
    guard offset + 8 > byteCount else { return word(at: offset) }
    var word: UInt64 = 0
    var shift: UInt64 = 0
    for index in offset..<max(offset, byteCount) {
      word |= UInt64(byte(at: index)) << shift
      shift += 8
    }
    return word
  }

  /// The sixteen bytes at `offset`, which lie inside: that is for the caller to check.
  @inline(__always)
  func vector(at offset: Int) -> SIMD16<UInt8> {
    assert(offset >= 0 && offset + 16 <= byteCount)
    // Sound: all callers check the range, and any sixteen bytes are a vector.
    return unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: SIMD16<UInt8>.self)
  }

  /// Offset of the first `byte` at or after `start`. O(length), eight bytes at a time.
  func offset(of byte: UInt8, from start: Int) -> Int? {
    var offset = start
    while offset + 8 <= byteCount {
      let marks = word(at: offset).marks(of: byte)
      if marks != 0 { return offset + marks.trailingZeroBitCount / 8 }
      offset += 8
    }
    while let next = peek(at: offset) {
      if next == byte { return offset }
      offset += 1
    }
    return nil
  }

  /// Whether these are the bytes of `text`.
  func equals(_ text: StaticString) -> Bool {
    byteCount == text.utf8CodeUnitCount && holds(text, at: 0)
  }
}

extension UInt64 {
  /// The high bit of each of the eight bytes that equals `byte`, and perhaps of bytes above it: the lowest such bit is
  /// true, and there is none when no byte equals `byte`.
  @inline(__always)
  func marks(of byte: UInt8) -> UInt64 {
    let lowBits: UInt64 = 0x0101_0101_0101_0101
    let difference = self ^ (lowBits &* UInt64(byte))
    return (difference &- lowBits) & ~difference & (lowBits << 7)
  }
}

extension SIMD16<UInt8> {
  /// The high bit of each byte that equals `byte`; the other bits mean nothing.
  ///
  /// In words of arithmetic that the compiler makes one instruction each of, as it does not of comparisons.
  @inline(__always)
  func marks(of byte: UInt8) -> SIMD16<UInt8> {
    let difference = self ^ SIMD16(repeating: byte)
    return (difference &- SIMD16(repeating: 1)) & ~difference
  }

  /// The high bit of each byte that is this letter, of a vector of ASCII; where a byte is none, the bits mean nothing.
  @inline(__always)
  func asciiMarks(of letter: Unicode.Scalar) -> SIMD16<UInt8> {
    (self ^ SIMD16(repeating: UInt8(ascii: letter))) &- SIMD16(repeating: 1)
  }

  /// The high bit of each byte that is less than `limit`, of a vector of ASCII; where a byte is none, the bits mean nothing.
  @inline(__always)
  func asciiMarks(below limit: UInt8) -> SIMD16<UInt8> { self &- SIMD16(repeating: limit) }

  /// The high bits of the first eight bytes and of the others, the first of them lowest.
  @inline(__always)
  var highBits: (low: UInt64, high: UInt64) {
    // Sound: sixteen bytes are two words.
    let words = unsafe unsafeBitCast(self & SIMD16(repeating: 0x80), to: SIMD2<UInt64>.self)
    return (UInt64(littleEndian: words[0]), UInt64(littleEndian: words[1]))
  }
}
