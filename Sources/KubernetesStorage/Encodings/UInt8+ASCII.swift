/// Classes of ASCII bytes as grammars use them.
extension UInt8 {
  var isDigit: Bool { self &- 0x30 < 10 }
  var isLowercaseLetter: Bool { self &- 0x61 < 26 }
  var isUppercaseLetter: Bool { self &- 0x41 < 26 }
  var isLetter: Bool { isLowercaseLetter || isUppercaseLetter }
  var isHexDigit: Bool { isDigit || (self | 0x20) &- 0x61 < 6 }

  /// The four bits that a hexadecimal digit stands for; nil of any other byte.
  var hexValue: UInt8? {
    if isDigit { return self - UInt8(ascii: "0") }
    return isHexDigit ? (self | 0x20) - UInt8(ascii: "a") + 10 : nil
  }

  /// RFC 4648 §4, without the padding.
  var isBase64Digit: Bool { isLetter || isDigit || self == UInt8(ascii: "+") || self == UInt8(ascii: "/") }

  /// A graphic character, the space, or the white space of text files.
  var isPrintable: Bool { self &- 0x20 < 95 || self == 0x09 || self == 0x0A || self == 0x0D }
}
