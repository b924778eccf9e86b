extension RawSpan {
  /// The byte at `offset`, which must lie inside.
  @inline(__always)
  func byte(at offset: Int) -> UInt8 {
    // Sound: RawSpan checks the offset, and any byte is a UInt8.
    unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  }

  /// Whether all bytes of `range` are zero. O(n), eight bytes at a time.
  func isZero(in range: Range<Int>) -> Bool {
    let bytes = extracting(range)
    var offset = 0
    while offset + 32 <= bytes.byteCount {
      // Sound: 32 bytes are left, and any eight bytes are a UInt64.
      let first = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: SIMD2<UInt64>.self)
      let second = unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset + 16, as: SIMD2<UInt64>.self)
      let both = first | second
      guard both[0] | both[1] == 0 else { return false }
      offset += 32
    }
    while offset < bytes.byteCount {
      // Sound: the offset lies inside, and any byte is a UInt8.
      guard unsafe bytes.unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self) == 0 else { return false }
      offset += 1
    }
    return true
  }
}
