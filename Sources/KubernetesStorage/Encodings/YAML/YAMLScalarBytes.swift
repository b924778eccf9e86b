import ByteViews

/// The bytes of a YAML scalar of one line, with its escapes resolved (YAML 1.2.2 §5.7, §7.3).
struct YAMLScalarBytes: ~Escapable {
  private let text: RawSpan
  private let style: YAMLScalar.Style
  private let end: Int
  private var position: Int
  /// The rest of an escaped scalar's UTF-8 sequence, its next byte lowest, below a bit that marks the end; 1 or 0 when
  /// there is none.
  private var pending: UInt64 = 1
  /// Whether an escape was met that YAML does not have.
  private(set) var isDamaged = false

  /// The bytes of `scalar`, which was read from `text`.
  @_lifetime(copy text)
  init(_ scalar: YAMLScalar, in text: RawSpan) {
    self.text = text
    self.style = scalar.style
    self.position = scalar.content.lowerBound
    self.end = scalar.content.upperBound
  }

  /// The next byte, nil at the end and behind damage.
  mutating func next() -> UInt8? {
    if pending > 1 {
      defer { pending >>= 8 }
      return UInt8(truncatingIfNeeded: pending)
    }
    guard position < end, !isDamaged else { return nil }
    let byte = text.byte(at: position)
    position += 1
    switch (style, byte) {
    case (.singleQuoted, UInt8(ascii: "'")): position += 1
    case (.doubleQuoted, UInt8(ascii: "\\")): return unescape()
    default: break
    }
    return byte
  }

  private mutating func unescape() -> UInt8? {
    guard position < end, let value = scalarValue(), let scalar = Unicode.Scalar(value) else {
      isDamaged = true
      return nil
    }
    var shift: UInt64 = 0
    var sequence: UInt64 = 0
    for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
      sequence |= UInt64(byte) << shift
      shift += 8
    }
    pending = (sequence | 1 << shift) >> 8
    return UInt8(truncatingIfNeeded: sequence)
  }

  /// What the escape whose letter is next stands for.
  private mutating func scalarValue() -> UInt32? {
    let letter = text.byte(at: position)
    position += 1
    switch letter {
    case UInt8(ascii: "0"): return 0x00
    case UInt8(ascii: "a"): return 0x07
    case UInt8(ascii: "b"): return 0x08
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "n"): return 0x0A
    case UInt8(ascii: "v"): return 0x0B
    case UInt8(ascii: "f"): return 0x0C
    case UInt8(ascii: "r"): return 0x0D
    case UInt8(ascii: "e"): return 0x1B
    case UInt8(ascii: " "), UInt8(ascii: "\""), UInt8(ascii: "/"), UInt8(ascii: "\\"): return UInt32(letter)
    case UInt8(ascii: "N"): return 0x85
    case UInt8(ascii: "_"): return 0xA0
    case UInt8(ascii: "L"): return 0x2028
    case UInt8(ascii: "P"): return 0x2029
    case UInt8(ascii: "x"): return hexadecimal(digits: 2)
    case UInt8(ascii: "u"): return hexadecimal(digits: 4)
    case UInt8(ascii: "U"): return hexadecimal(digits: 8)
    default: return nil
    }
  }

  private mutating func hexadecimal(digits: Int) -> UInt32? {
    guard digits <= end - position else { return nil }
    var value: UInt32 = 0
    for _ in 0..<digits {
      let digit = text.byte(at: position)
      guard digit.isHexDigit else { return nil }
      value = value << 4 | UInt32(digit.isDigit ? digit & 0x0F : digit & 0x0F + 9)
      position += 1
    }
    return value
  }
}
