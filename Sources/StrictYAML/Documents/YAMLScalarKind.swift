import Yams

/// What a scalar is, as the YAML library of the API server takes it (sigs.k8s.io/yaml/goyaml.v2, resolve.go): YAML 1.1,
/// in which `yes` and `on` are no texts.
package enum YAMLScalarKind {
  case null
  case boolean
  case number
  case text

  /// What `text` is without quotes and without a tag.
  init(plain text: String) {
    if Self.nulls.contains(text) {
      self = .null
    } else if Self.booleans.contains(text) {
      self = .boolean
    } else {
      self = Self.isNumber(text) ? .number : .text
    }
  }

  private static let nulls: Set = ["", "~", "null", "Null", "NULL"]
  private static let booleans: Set = [
    "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON",
    "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF",
  ]
  private static let unboundedNumbers: Set = [
    ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF",
  ]

  private static func isNumber(_ text: String) -> Bool {
    if unboundedNumbers.contains(text) { return true }
    guard let first = text.utf8.first, "+-.0123456789".utf8.contains(first) else { return false }
    let digits = text.filter { $0 != "_" }
    return Int(yaml: digits) != nil || isDecimal(digits)
  }

  /// Whether `text` is `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`.
  private static func isDecimal(_ text: String) -> Bool {
    var rest = text.utf8[...]
    if let sign = rest.first, "+-".utf8.contains(sign) { rest.removeFirst() }
    let whole = rest.removeDigits()
    var fraction = 0
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      fraction = rest.removeDigits()
    }
    guard whole + fraction > 0 else { return false }
    guard let exponent = rest.first, "eE".utf8.contains(exponent) else { return rest.isEmpty }
    rest.removeFirst()
    if let sign = rest.first, "+-".utf8.contains(sign) { rest.removeFirst() }
    return rest.removeDigits() > 0 && rest.isEmpty
  }
}

extension Substring.UTF8View {
  /// Takes away the digits at the beginning, and says how many there were.
  fileprivate mutating func removeDigits() -> Int {
    let digits = prefix { (0x30...0x39).contains($0) }.count
    removeFirst(digits)
    return digits
  }
}

extension Int {
  /// A whole number as YAML 1.1 writes it: decimal, `0x`, `0b`, `0o`, or octal behind a zero.
  package init?(yaml text: String) {
    let isNegative = text.hasPrefix("-")
    let magnitude = isNegative || text.hasPrefix("+") ? text.dropFirst() : text[...]
    guard let first = magnitude.utf8.first, (0x30...0x39).contains(first) else { return nil }
    let sign = isNegative ? "-" : ""
    for (prefix, radix) in [("0x", 16), ("0X", 16), ("0b", 2), ("0o", 8)] where magnitude.hasPrefix(prefix) {
      self.init(sign + magnitude.dropFirst(2), radix: radix)
      return
    }
    self.init(sign + magnitude, radix: first == UInt8(ascii: "0") && magnitude.utf8.count > 1 ? 8 : 10)
  }
}

extension Node.Scalar {
  /// What the scalar is taken for; nil when its tag says something that has no part in a file that is read strictly.
  package var kind: YAMLScalarKind? {
    switch tag.rawValue {
    case "": YAMLScalarKind(plain: string)
    // Yams gives this tag to what stands in quotes or in a block.
    case "!", "tag:yaml.org,2002:str": .text
    default: nil
    }
  }
}
