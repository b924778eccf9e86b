/// A line of CSV as RFC 4180 has it, which ends with CRLF.
///
/// A field that a spreadsheet would take for a formula begins with an apostrophe (OWASP, "CSV Injection").
struct CSVLine: CustomStringConvertible {
  /// The line in UTF-8.
  let bytes: [UInt8]

  var description: String { String(decoding: bytes, as: UTF8.self) }

  init(_ fields: [String]) {
    var bytes: [UInt8] = []
    for (number, field) in fields.enumerated() {
      if number > 0 { bytes.append(UInt8(ascii: ",")) }
      Self.append(field, to: &bytes)
    }
    bytes += [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
    self.bytes = bytes
  }

  private static let quote = UInt8(ascii: "\"")
  /// What separates fields where a comma is a decimal point: spreadsheets there begin a field behind it.
  private static let semicolon = UInt8(ascii: ";")
  private static let apostrophe = UInt8(ascii: "'")

  private static func append(_ field: String, to bytes: inout [UInt8]) {
    let isFormula = isFormula(field)
    guard isFormula || field.utf8.contains(where: isSpecial) else {
      bytes.append(contentsOf: field.utf8)
      return
    }
    bytes.append(quote)
    if isFormula { bytes.append(apostrophe) }
    var beginsField = false
    for byte in field.utf8 {
      if byte == quote { bytes.append(quote) }
      if beginsField, isSign(byte) { bytes.append(apostrophe) }
      bytes.append(byte)
      beginsField = byte == semicolon
    }
    bytes.append(quote)
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "\n"),
      UInt8(ascii: "\r"):
      true
    default: false
    }
  }

  /// Whether a formula may begin with it.
  private static func isSign(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), UInt8(ascii: "|"),
      UInt8(ascii: "%"), 0xEF:
      true
    default: false
    }
  }

  /// Scalars: what looks like one character may begin with one that matters. Some spreadsheets take the wide forms of these
  /// signs for the signs.
  private static func isFormula(_ field: String) -> Bool {
    switch field.unicodeScalars.first {
    case "=", "+", "-", "@", "\t", "\r", "|", "%", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": true
    default: false
    }
  }
}
