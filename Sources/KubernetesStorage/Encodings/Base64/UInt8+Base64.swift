extension UInt8 {
  /// The six bits that this byte stands for in base64 (RFC 4648 §4); nil when it is no digit.
  package var base64Value: UInt8? { isBase64Digit ? sextet : nil }

  /// The six bits that a base64 digit (RFC 4648 §4) stands for.
  var sextet: UInt8 {
    switch self {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): self - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): self - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0") + 52
    case UInt8(ascii: "+"): 62
    default: 63
    }
  }
}
