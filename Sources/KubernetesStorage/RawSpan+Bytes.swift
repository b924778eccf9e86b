extension RawSpan {
  /// The byte at `offset`, which must lie inside.
  @inline(__always)
  func byte(at offset: Int) -> UInt8 {
    // Sound: RawSpan checks the offset, and any byte is a UInt8.
    unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  }

  /// The byte at `offset`, nil beyond the end.
  func peek(at offset: Int) -> UInt8? {
    offset < byteCount ? byte(at: offset) : nil
  }

  /// Whether `text` stands at `offset`.
  func holds(_ text: StaticString, at offset: Int) -> Bool {
    let count = text.utf8CodeUnitCount
    guard offset >= 0, count <= byteCount - offset else { return false }
    for index in 0..<count {
      // Sound: the range was just checked, and a static string literal owns `utf8CodeUnitCount` bytes for the life of
      // the process.
      let found = unsafe unsafeLoad(fromUncheckedByteOffset: offset + index, as: UInt8.self)
      guard unsafe found == text.utf8Start[index] else { return false }
    }
    return true
  }

  /// Offset of the first byte from `offset` on that is no white space of JSON (RFC 8259 §2); the end if there is none.
  func skippingSpace(from offset: Int) -> Int {
    var offset = offset
    while let byte = peek(at: offset), byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
    return offset
  }
}
