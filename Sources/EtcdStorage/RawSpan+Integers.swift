import ByteViews

extension RawSpan {
  /// The big-endian number in the 8 bytes at `offset`. Traps beyond the end.
  @inlinable
  @inline(__always)
  func bigEndian(at offset: Int) -> UInt64 { word(at: offset).byteSwapped }
}
