/// A line of CSV as RFC 4180 has it, which ends with CRLF.
///
/// A field that a spreadsheet would take for a formula begins with an apostrophe (OWASP, "CSV Injection").
struct CSVLine: CustomStringConvertible {
  let description: String

  init(_ fields: [String]) { description = fields.map(Self.field).joined(separator: ",") + "\r\n" }

  private static func field(_ text: String) -> String {
    // Scalars: what looks like one character may begin with one that matters.
    let safe = text.unicodeScalars.first.map { "=+-@\t\r|%".unicodeScalars.contains($0) } == true ? "'" + text : text
    guard safe.unicodeScalars.contains(where: { ",\"'\n\r".unicodeScalars.contains($0) }) else { return safe }
    return "\"" + safe.replacing("\"", with: "\"\"") + "\""
  }
}
