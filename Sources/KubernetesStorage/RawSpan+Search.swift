extension RawSpan {
  /// The eight bytes at `offset`, which must lie inside, the first of them lowest.
  func word(at offset: Int) -> UInt64 {
    // Sound: RawSpan checks the range, and any eight bytes are a UInt64.
    UInt64(littleEndian: unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// Offset of the first `byte` at or after `start`. O(length), eight bytes at a time.
  func offset(of byte: UInt8, from start: Int) -> Int? {
    let lowBits: UInt64 = 0x0101_0101_0101_0101
    let pattern = lowBits &* UInt64(byte)
    var offset = start
    while offset + 8 <= byteCount {
      let difference = word(at: offset) ^ pattern
      // The high bit of each byte that is zero, and perhaps of bytes above it: the lowest such bit is true.
      let zeros = (difference &- lowBits) & ~difference & (lowBits << 7)
      if zeros != 0 { return offset + zeros.trailingZeroBitCount / 8 }
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
