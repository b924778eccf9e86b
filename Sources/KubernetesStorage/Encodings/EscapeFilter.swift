/// Takes the backslashes out of text that stands in JSON strings, however often it was escaped, so that what is left can
/// be read as if it stood there itself: `\"` becomes a quote, and so does `\\\"`; `\n` becomes a line break.
struct EscapeFilter {
  private var isEscaped = false

  /// What the text's next byte stands for; nil of a backslash.
  mutating func filter(_ byte: UInt8) -> UInt8? {
    guard byte != UInt8(ascii: "\\") else {
      isEscaped = true
      return nil
    }
    defer { isEscaped = false }
    guard isEscaped else { return byte }
    switch byte {
    case UInt8(ascii: "n"), UInt8(ascii: "r"): return 0x0A
    case UInt8(ascii: "t"): return 0x09
    default: return byte
    }
  }
}
