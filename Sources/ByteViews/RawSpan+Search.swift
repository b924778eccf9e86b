extension RawSpan {
  /// Offset of the first `byte` at or after `start`. O(length), eight bytes at a time.
  @inlinable
  package func offset(of byte: UInt8, from start: Int) -> Int? {
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
}

extension UInt64 {
  /// The high bit of each of the eight bytes that equals `byte`, and perhaps of bytes above it: the lowest such bit is
  /// true, and there is none when no byte equals `byte`.
  @inlinable
  @inline(__always)
  package func marks(of byte: UInt8) -> UInt64 {
    let lowBits: UInt64 = 0x0101_0101_0101_0101
    let difference = self ^ (lowBits &* UInt64(byte))
    return (difference &- lowBits) & ~difference & (lowBits << 7)
  }
}

extension SIMD16<UInt8> {
  /// The high bit of each byte that equals `byte`; the other bits mean nothing.
  ///
  /// In words of arithmetic that the compiler makes one instruction each of, as it does not of comparisons.
  @inlinable
  @inline(__always)
  package func marks(of byte: UInt8) -> SIMD16<UInt8> {
    let difference = self ^ SIMD16(repeating: byte)
    return (difference &- SIMD16(repeating: 1)) & ~difference
  }

  /// The high bit of each byte that is this letter, of a vector of ASCII; where a byte is none, the bits mean nothing.
  @inlinable
  @inline(__always)
  package func asciiMarks(of letter: Unicode.Scalar) -> SIMD16<UInt8> {
    (self ^ SIMD16(repeating: UInt8(ascii: letter))) &- SIMD16(repeating: 1)
  }

  /// The high bit of each byte that is less than `limit`, of a vector of ASCII; where a byte is none, the bits mean nothing.
  @inlinable
  @inline(__always)
  package func asciiMarks(below limit: UInt8) -> SIMD16<UInt8> { self &- SIMD16(repeating: limit) }

  /// The high bits of the first eight bytes and of the others, the first of them lowest.
  @inlinable
  @inline(__always)
  package var highBits: (low: UInt64, high: UInt64) {
    // Sound: sixteen bytes are two words.
    let words = unsafe unsafeBitCast(self & SIMD16(repeating: 0x80), to: SIMD2<UInt64>.self)
    return (UInt64(littleEndian: words[0]), UInt64(littleEndian: words[1]))
  }
}
