import ByteViews

/// One well-formed UTF-8 sequence (Unicode, table 3-7): no overlong forms, no surrogates, nothing above U+10FFFF.
struct UTF8Scalar {
  let value: UInt32
  /// 1 … 4 bytes.
  let length: Int

  /// The sequence that begins at `offset` and ends before `end`; nil when there is none.
  init?(in bytes: RawSpan, at offset: Int, before end: Int) {
    guard offset < end else { return nil }
    let lead = bytes.byte(at: offset)
    let (length, bits, least): (Int, UInt32, UInt32)
    switch lead {
    case 0x00...0x7F: (length, bits, least) = (1, UInt32(lead), 0)
    case 0xC2...0xDF: (length, bits, least) = (2, UInt32(lead & 0x1F), 0x80)
    case 0xE0...0xEF: (length, bits, least) = (3, UInt32(lead & 0x0F), 0x800)
    case 0xF0...0xF4: (length, bits, least) = (4, UInt32(lead & 0x07), 0x10000)
    default: return nil
    }
    guard length <= end - offset else { return nil }
    var value = bits
    for index in 1..<length {
      let next = bytes.byte(at: offset + index)
      guard next & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(next & 0x3F)
    }
    guard value >= least, value <= 0x10FFFF, !(0xD800...0xDFFF).contains(value) else { return nil }
    self.value = value
    self.length = length
  }

  /// C0 with DEL, and C1.
  var isControl: Bool { value < 0x20 || (0x7F...0x9F).contains(value) }
}

extension RawSpan {
  /// Whether `range` is UTF-8 throughout. O(length).
  func isUTF8(in range: Range<Int>) -> Bool {
    var position = range.lowerBound
    while position < range.upperBound {
      guard let scalar = UTF8Scalar(in: self, at: position, before: range.upperBound) else { return false }
      position += scalar.length
    }
    return true
  }
}
