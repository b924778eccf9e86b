import ByteViews

/// Where a string lies in a JSON text; its escapes have been checked.
struct JSONString: Hashable {
  /// What stands between the quotes.
  let content: Range<Int>
  /// Whether any of it is escaped.
  let hasEscapes: Bool

  /// Length of the unescaped string in bytes of UTF-8. O(1) without escapes.
  func utf8Count(in text: RawSpan) -> Int {
    guard hasEscapes else { return content.count }
    var bytes = JSONStringBytes(self, in: text)
    var count = 0
    while bytes.next() != nil { count += 1 }
    return count
  }

  /// How many bytes the string stands for as base64 (RFC 4648 §4): three for four digits. O(1) without escapes.
  func base64DecodedCount(in text: RawSpan) -> Int {
    guard hasEscapes else {
      var end = content.upperBound
      while end > content.lowerBound, text.byte(at: end - 1) == UInt8(ascii: "=") { end -= 1 }
      return Base64Count.decoded(digits: end - content.lowerBound)
    }
    var count = Base64Count()
    var bytes = JSONStringBytes(self, in: text)
    while let byte = bytes.next() { count.append(byte) }
    return count.decoded
  }
}
