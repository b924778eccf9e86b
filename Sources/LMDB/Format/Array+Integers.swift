extension [UInt8] {
  /// The integer at `offset`, in the machine's own order of bytes, as LMDB writes all of them.
  ///
  /// - Precondition: it lies inside.
  func integer<Number: FixedWidthInteger & BitwiseCopyable>(
    at offset: Int, as type: Number.Type = Number.self
  ) -> Number {
    // Sound: the span checks the range, and all patterns of bytes are an integer.
    unsafe span.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: type)
  }
}
