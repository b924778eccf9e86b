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
    // Sound: the range was just checked, a static string literal owns `utf8CodeUnitCount` bytes for the life of the
    // process, and any bytes are integers.
    let expected = unsafe UnsafeRawPointer(text.utf8Start)
    var index = 0
    while index + 8 <= count {
      let found = unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: offset + index, as: UInt64.self)
      guard unsafe found == expected.loadUnaligned(fromByteOffset: index, as: UInt64.self) else { return false }
      index += 8
    }
    while index < count {
      let found = unsafe unsafeLoad(fromUncheckedByteOffset: offset + index, as: UInt8.self)
      guard unsafe found == expected.load(fromByteOffset: index, as: UInt8.self) else { return false }
      index += 1
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
