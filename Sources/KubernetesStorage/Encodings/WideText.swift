import ByteViews

/// Text of units of two or four bytes: UTF-16 or UTF-32, in either byte order.
struct WideText: Hashable, Sendable {
  /// Bytes of a unit.
  private let width: Int
  private let isBigEndian: Bool

  /// How the text is written that `bytes`, which have no byte-order mark, begin with, if its first character is printable
  /// ASCII and so is, in UTF-16, its second; nil when it is not wide. O(1).
  init?(beginning bytes: RawSpan) {
    guard bytes.byteCount >= 4 else { return nil }
    let first = (bytes.byte(at: 0), bytes.byte(at: 1), bytes.byte(at: 2), bytes.byte(at: 3))
    switch first {
    case (let one, 0, let two, 0) where one.isPrintable && two.isPrintable: (width, isBigEndian) = (2, false)
    case (0, let one, 0, let two) where one.isPrintable && two.isPrintable: (width, isBigEndian) = (2, true)
    case (let one, 0, 0, 0) where one.isPrintable: (width, isBigEndian) = (4, false)
    case (0, 0, 0, let one) where one.isPrintable: (width, isBigEndian) = (4, true)
    default: return nil
    }
  }

  /// The scalar at `offset` of `bytes`, which moves behind it; nil at the end. What is none stands for U+FFFD.
  func scalar(in bytes: RawSpan, at offset: inout Int) -> Unicode.Scalar? {
    guard let first = unit(in: bytes, at: offset) else { return nil }
    offset += width
    if width == 2, first & 0xFC00 == 0xD800, let second = unit(in: bytes, at: offset), second & 0xFC00 == 0xDC00 {
      offset += width
      return Unicode.Scalar(0x1_0000 + (first & 0x3FF) << 10 + second & 0x3FF)
    }
    return Unicode.Scalar(first) ?? "\u{FFFD}"
  }

  /// How many of `bytes` may belong to the text: it ends before a unit of zero, or one that no name or base64 has.
  func bytes(in bytes: RawSpan) -> Int {
    var offset = 0
    while let unit = unit(in: bytes, at: offset), unit != 0, unit < 0x3000 { offset += width }
    return offset
  }

  private func unit(in bytes: RawSpan, at offset: Int) -> UInt32? {
    guard offset + width <= bytes.byteCount else { return nil }
    var unit: UInt32 = 0
    for index in 0..<width {
      unit = unit << 8 | UInt32(bytes.byte(at: offset + (isBigEndian ? index : width - 1 - index)))
    }
    return unit
  }
}
