import Reporting

/// HTML that is put together: markup as it is, and text that is escaped.
///
/// What it gives is well-formed XML too, as far as the markup is.
struct MarkupBuffer {
  private var bytes: [UInt8] = []

  /// Bytes that wait.
  var count: Int { bytes.count }

  /// Adds markup as it is.
  mutating func append(markup: String) { bytes += markup.utf8 }

  /// Adds text that may come from a file or from the call: printable, and nothing in it is markup, inside an element as
  /// inside an attribute in quotation marks. O(length).
  ///
  /// Bytes are escaped, not characters: a quotation mark with an accent on it is a quotation mark to a browser.
  mutating func append(text: String) {
    guard !text.utf8.allSatisfy(Self.isPlain) else { return append(markup: text) }
    for byte in PrintableText(text).description.utf8 {
      switch byte {
      case UInt8(ascii: "<"): bytes += "&lt;".utf8
      case UInt8(ascii: ">"): bytes += "&gt;".utf8
      case UInt8(ascii: "&"): bytes += "&amp;".utf8
      case UInt8(ascii: "\""): bytes += "&quot;".utf8
      case UInt8(ascii: "'"): bytes += "&#39;".utf8
      // U+FFFE and U+FFFF, whose last byte this is, are no characters (XML 1.0, 2.2).
      case 0xBE where endsInNoncharacter: replaceNoncharacter("%EF%BF%BE")
      case 0xBF where endsInNoncharacter: replaceNoncharacter("%EF%BF%BF")
      default: bytes.append(byte)
      }
    }
  }

  /// Whether a byte is printable as it is, and nothing in markup: so are nearly all, and then they are copied at once.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"), UInt8(ascii: "\""), UInt8(ascii: "'"): false
    default: (0x20..<0x7F).contains(byte)
    }
  }

  /// Whether the first two of the three bytes of U+FFFE or U+FFFF came last.
  private var endsInNoncharacter: Bool { bytes.suffix(2).elementsEqual([0xEF, 0xBF]) }

  private mutating func replaceNoncharacter(_ text: String) {
    bytes.removeLast(2)
    bytes += text.utf8
  }

  /// Hands out what waits, and leaves nothing.
  mutating func take() -> String {
    defer { bytes.removeAll(keepingCapacity: true) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
