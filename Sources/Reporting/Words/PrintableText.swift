/// Text that may have been chosen by whoever wrote the file, made safe for every terminal, pipe and document.
///
/// Control characters (C0, DEL, C1), invisible format characters (the bidirectional controls among them), fillers, the line
/// and paragraph separators and what is no character are replaced by `%XX` for each byte of their UTF-8 form. All else stays as it is, so
/// ordinary names and paths are unchanged. The escaping is for people: what must be lossless, such as an etcd key, is
/// printed in a form of its own.
public struct PrintableText: Hashable, Sendable, CustomStringConvertible, Encodable {
  /// The text, free of anything a terminal would act on.
  public let description: String

  /// Escapes `text`. O(n).
  public init(_ text: String) {
    guard !text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) else {
      description = text
      return
    }
    var escaped = ""
    for scalar in text.unicodeScalars {
      if Self.isActive(scalar) {
        for byte in String(scalar).utf8 { escaped += Self.percentForm(of: byte) }
      } else {
        escaped.unicodeScalars.append(scalar)
      }
    }
    description = escaped
  }

  /// Encodes the escaped text as a string.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  /// Whether `scalar` does something instead of being shown. General category Cc holds C0, DEL and C1; Cf the
  /// bidirectional controls (U+061C, U+200E, U+200F, U+202A…U+202E, U+2066…U+2069), joiners, marks and tags; Zl and Zp
  /// are U+2028 and U+2029.
  private static func isActive(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default:
      // Fillers, which show as nothing, but for the selectors that belong to the character before them; the blank of
      // Braille; and what is no character.
      scalar.properties.isDefaultIgnorableCodePoint && !scalar.properties.isVariationSelector
        || scalar == "\u{2800}" || scalar.properties.isNoncharacterCodePoint
    }
  }

  private static func percentForm(of byte: UInt8) -> String {
    (byte < 0x10 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
  }
}
