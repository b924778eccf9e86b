extension RawSpan {
  /// The integer at `offset`, whatever its alignment.
  ///
  /// Traps when fewer bytes than the integer needs are left: callers check once, then load.
  @inlinable
  @inline(__always)
  func integer<Integer: FixedWidthInteger & BitwiseCopyable>(
    at offset: Int, as type: Integer.Type, _ order: ByteOrder
  ) -> Integer {
    // Sound: the load is bounds-checked, and every bit pattern is an integer.
    let raw = unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: Integer.self)
    return order == .little ? Integer(littleEndian: raw) : Integer(bigEndian: raw)
  }
}
