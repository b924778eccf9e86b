/// The grammar of JSON (RFC 8259), by recursive descent: slow, and easy to believe. Strings may hold bytes that are no
/// UTF-8, and nothing may lie more than 128 deep.
struct PlainJSON {
  private let bytes: [UInt8]
  private var position = 0

  /// Whether all of `bytes` is one value.
  static func isOneValue(_ bytes: [UInt8]) -> Bool {
    var reader = PlainJSON(bytes: bytes)
    guard reader.value(depth: 0) else { return false }
    reader.space()
    return reader.position == bytes.count
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    position += 1
    return true
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool { take(UInt8(ascii: character)) }

  private mutating func space() {
    while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
  }

  private mutating func value(depth: Int) -> Bool {
    space()
    switch next {
    case UInt8(ascii: "{"): return list(depth, from: "{", to: "}", hasKeys: true)
    case UInt8(ascii: "["): return list(depth, from: "[", to: "]", hasKeys: false)
    case UInt8(ascii: "\""): return string()
    case UInt8(ascii: "t"): return word("true")
    case UInt8(ascii: "f"): return word("false")
    case UInt8(ascii: "n"): return word("null")
    default: return number()
    }
  }

  private mutating func list(_ depth: Int, from: Unicode.Scalar, to end: Unicode.Scalar, hasKeys: Bool) -> Bool {
    guard depth < 128, take(from) else { return false }
    space()
    if take(end) { return true }
    while true {
      if hasKeys {
        space()
        guard string() else { return false }
        space()
        guard take(":") else { return false }
      }
      guard value(depth: depth + 1) else { return false }
      space()
      if take(end) { return true }
      guard take(",") else { return false }
    }
  }

  private mutating func string() -> Bool {
    guard take("\"") else { return false }
    while let byte = next {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return true
      case UInt8(ascii: "\\"):
        guard let escape = next else { return false }
        position += 1
        if escape == UInt8(ascii: "u") {
          for _ in 0..<4 { guard hexDigit() else { return false } }
        } else if !#""\/bfnrt"#.utf8.contains(escape) {
          return false
        }
      case 0..<0x20: return false
      default: break
      }
    }
    return false
  }

  private mutating func hexDigit() -> Bool {
    guard let byte = next, "0123456789abcdefABCDEF".utf8.contains(byte) else { return false }
    position += 1
    return true
  }

  private mutating func word(_ word: String) -> Bool {
    for byte in word.utf8 { guard take(byte) else { return false } }
    return true
  }

  private mutating func digits() -> Bool {
    let start = position
    while let byte = next, (0x30...0x39).contains(byte) { position += 1 }
    return position > start
  }

  private mutating func number() -> Bool {
    _ = take("-")
    if !take("0") { guard digits() else { return false } }
    if take(".") { guard digits() else { return false } }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      guard digits() else { return false }
    }
    return true
  }
}
