/// Text as it stands in XML 1.0, between tags or inside quotes.
///
/// It is made printable first: XML can't have control characters, not even escaped, nor the scalars U+FFFE and U+FFFF,
/// which stand here as the bytes of their UTF-8 form.
struct XMLText: CustomStringConvertible {
  let description: String

  init(_ text: String) { self.init(PrintableText(text)) }

  init(_ text: PrintableText) { description = Self.escaped(text.description) }

  /// Several lines, each made printable: the breaks between them stay.
  init(lines: [String]) {
    description = lines.map { XMLText($0).description }.joined(separator: "\n")
  }

  private static func escaped(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { replacement(of: $0) != nil }) else { return text }
    var escaped = ""
    for scalar in text.unicodeScalars {
      if let replacement = replacement(of: scalar) {
        escaped += replacement
      } else {
        escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  private static func replacement(of scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "&": "&amp;"
    case "<": "&lt;"
    case ">": "&gt;"
    case "\"": "&quot;"
    case "'": "&#39;"
    case "\u{FFFE}": "%EF%BF%BE"
    case "\u{FFFF}": "%EF%BF%BF"
    default: nil
    }
  }
}
