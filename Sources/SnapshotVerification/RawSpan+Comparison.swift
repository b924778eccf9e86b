extension RawSpan {
  /// Whether `bytes` stand at `offset`. O(length of `bytes`).
  func holds(_ bytes: [UInt8], at offset: Int) -> Bool {
    guard bytes.count <= byteCount - offset else { return false }
    for index in bytes.indices {
      // Sound: the range was just checked, and any byte is a UInt8.
      guard unsafe unsafeLoad(fromUncheckedByteOffset: offset + index, as: UInt8.self) == bytes[index] else {
        return false
      }
    }
    return true
  }
}
