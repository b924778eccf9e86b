/// What stands for a name in a redacted report: `r:` and sixteen hexadecimal digits of a keyed digest.
package enum RedactedName {
  package static let prefix = "r:"
  package static let digits = 16

  /// Whether `text` has that form.
  package static func isOne(_ text: String) -> Bool {
    let rest = text.utf8.dropFirst(prefix.utf8.count)
    return text.hasPrefix(prefix) && rest.count == digits
      && rest.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  /// What stands for something whose keyed digest has these bytes, at least eight.
  package static func text(of bytes: [UInt8]) -> String {
    prefix + bytes.prefix(digits / 2).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// Whether one stands anywhere in `text`.
  package static func occurs(in text: String) -> Bool {
    text.ranges(of: prefix).contains { isOne(String(text[$0.lowerBound...].prefix(prefix.count + digits))) }
  }
}
