import ByteViews

/// The bytes of a JSON string with its escapes resolved.
struct JSONStringBytes: ~Escapable {
  private let text: RawSpan
  private var position: Int
  private let end: Int
  /// The rest of an escaped scalar's UTF-8 sequence, its next byte lowest; 0 when there is none.
  private var pending: UInt32 = 0

  /// The bytes of `string`, which was read from `text`.
  @_lifetime(copy text)
  init(_ string: JSONString, in text: RawSpan) {
    self.text = text
    self.position = string.content.lowerBound
    self.end = string.content.upperBound
  }

  /// The next byte, nil at the end.
  mutating func next() -> UInt8? {
    if pending != 0 {
      defer { pending >>= 8 }
      return UInt8(truncatingIfNeeded: pending)
    }
    guard position < end else { return nil }
    let byte = text.byte(at: position)
    position += 1
    guard byte == UInt8(ascii: "\\"), position < end else { return byte }
    let escape = text.byte(at: position)
    position += 1
    switch escape {
    case UInt8(ascii: "b"): return 0x08
    case UInt8(ascii: "f"): return 0x0C
    case UInt8(ascii: "n"): return 0x0A
    case UInt8(ascii: "r"): return 0x0D
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "u"): return begin(escapedScalar())
    default: return escape
    }
  }

  /// The first byte of the scalar's UTF-8 sequence; the others wait.
  private mutating func begin(_ scalar: Unicode.Scalar) -> UInt8 {
    var shift: UInt32 = 0
    var sequence: UInt32 = 0
    for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
      sequence |= UInt32(byte) << shift
      shift += 8
    }
    pending = sequence >> 8
    return UInt8(truncatingIfNeeded: sequence)
  }

  /// The scalar after `\u`, two escapes of a surrogate pair taken together (RFC 8259 §7). A surrogate alone becomes
  /// U+FFFD.
  private mutating func escapedScalar() -> Unicode.Scalar {
    let first = codeUnit(at: position)
    position += 4
    if first & 0xFC00 == 0xD800, text.holds("\\u", at: position), position + 6 <= end {
      let second = codeUnit(at: position + 2)
      if second & 0xFC00 == 0xDC00 {
        position += 6
        return Unicode.Scalar(0x10000 + (first & 0x3FF) << 10 + second & 0x3FF) ?? "\u{FFFD}"
      }
    }
    return Unicode.Scalar(first) ?? "\u{FFFD}"
  }

  /// The number in four hexadecimal digits.
  private func codeUnit(at offset: Int) -> UInt32 {
    var value: UInt32 = 0
    for index in 0..<4 {
      let digit = text.byte(at: offset + index)
      value = value << 4 | UInt32(digit.isDigit ? digit & 0x0F : digit & 0x0F + 9)
    }
    return value
  }
}
