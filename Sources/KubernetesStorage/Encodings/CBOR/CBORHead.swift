import ByteViews

/// The head of a CBOR data item: major type and argument (RFC 8949 §3).
struct CBORHead {
  /// The upper three bits of the initial byte.
  let major: UInt8
  /// The lower five bits; 31 stands for an indefinite length or a break.
  let information: UInt8
  /// The number in `information` or in the 1, 2, 4 or 8 bytes after the initial byte; 0 when there is none.
  let argument: UInt64
  /// Offset of the initial byte.
  let start: Int
  /// Offset of the byte after the head.
  let end: Int

  /// The head at `offset`. O(1).
  init(in bytes: RawSpan, at offset: Int) throws(SyntaxError) {
    guard let initial = bytes.peek(at: offset) else { throw SyntaxError(.truncated, at: offset) }
    self.major = initial >> 5
    self.information = initial & 0x1F
    self.start = offset
    switch information {
    case 0...23:
      self.argument = UInt64(information)
      self.end = offset + 1
    case 24...27:
      let count = 1 << Int(information - 24)
      guard count < bytes.byteCount - offset else { throw SyntaxError(.truncated, at: offset) }
      var argument: UInt64 = 0
      for index in 1...count { argument = argument << 8 | UInt64(bytes.byte(at: offset + index)) }
      self.argument = argument
      self.end = offset + 1 + count
    case 31 where [2, 3, 4, 5, 7].contains(major):
      self.argument = 0
      self.end = offset + 1
    default:
      throw SyntaxError(.unexpectedByte, at: offset)
    }
  }

  /// Whether an array, a map or a string ends with a break.
  var isIndefinite: Bool { information == 31 }
  /// `ff`, which ends an item of indefinite length.
  var isBreak: Bool { major == 7 && information == 31 }

  /// The bytes of a string of definite length, which must lie inside.
  func content(in bytes: RawSpan) throws(SyntaxError) -> Range<Int> {
    guard argument <= UInt64(bytes.byteCount - end) else { throw SyntaxError(.truncated, at: start) }
    return end..<(end + Int(argument))
  }
}
