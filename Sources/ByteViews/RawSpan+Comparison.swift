extension RawSpan {
  /// Whether `bytes` stand at `offset`. O(length of `bytes`).
  @inlinable
  package func holds(_ bytes: [UInt8], at offset: Int) -> Bool {
    guard offset >= 0, bytes.count <= byteCount - offset else { return false }
    for index in bytes.indices {
      // Sound: the range was just checked, and any byte is a UInt8.
      guard unsafe unsafeLoad(fromUncheckedByteOffset: offset + index, as: UInt8.self) == bytes[index] else {
        return false
      }
    }
    return true
  }

  /// Whether `text` stands at `offset`. O(length of `text`), eight bytes at a time.
  @inlinable
  @inline(__always)
  package func holds(_ text: StaticString, at offset: Int) -> Bool {
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

  /// Whether these are the bytes of `text`.
  @inlinable
  package func equals(_ text: StaticString) -> Bool {
    byteCount == text.utf8CodeUnitCount && holds(text, at: 0)
  }

  /// Whether all bytes of `range` are zero. O(n), 32 bytes at a time.
  @inlinable
  package func isZero(in range: Range<Int>) -> Bool {
    let bytes = extracting(range)
    var offset = 0
    while offset + 32 <= bytes.byteCount {
      // Sound: 32 bytes are left, and any sixteen bytes are two words.
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
