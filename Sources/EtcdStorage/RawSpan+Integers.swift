extension RawSpan {
  /// The byte at `offset`. Traps beyond the end.
  @inlinable
  @inline(__always)
  func byte(at offset: Int) -> UInt8 {
    // Sound: the load is bounds-checked, and every bit pattern is a byte.
    unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  }

  /// The 8 bytes at `offset` in the order of this machine. Traps beyond the end.
  @inlinable
  @inline(__always)
  func word(at offset: Int) -> UInt64 {
    // Sound: the load is bounds-checked, and every bit pattern is an integer.
    unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
  }

  /// The big-endian number in the 8 bytes at `offset`. Traps beyond the end.
  @inlinable
  @inline(__always)
  func bigEndian(at offset: Int) -> UInt64 { UInt64(bigEndian: word(at: offset)) }

  /// Whether the bytes are those of `text`.
  func equals(_ text: StaticString) -> Bool {
    guard byteCount == text.utf8CodeUnitCount else { return false }
    return unsafe withUnsafeBytes { bytes in
      // Sound: a static string's UTF-8 lives as long as the program, and has that many code units.
      unsafe bytes.elementsEqual(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
  }
}
