import ByteViews

extension RawSpan {
  /// Offset of the first byte from `offset` on that is no white space of JSON (RFC 8259 §2); the end if there is none.
  func skippingSpace(from offset: Int) -> Int {
    var offset = offset
    while let byte = peek(at: offset), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
    return offset
  }
}
