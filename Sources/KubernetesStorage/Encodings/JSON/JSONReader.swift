import ByteViews

/// Walks a JSON text (RFC 8259) token by token and checks it on the way. Nothing is copied or allocated.
///
/// Strictly the RFC's grammar, but that strings need not be UTF-8. Nesting is kept in an integer, one bit a level, so
/// that no text can exhaust the stack.
struct JSONReader: ~Escapable {
  /// How many arrays and objects may lie inside each other.
  static let maximumDepth = UInt128.bitWidth

  /// The whole text.
  let text: RawSpan
  /// How many arrays and objects are open.
  private(set) var depth = 0
  /// Offset of the next unread byte.
  private(set) var position = 0
  private var expected = Expected.value
  /// One bit for each open container, the innermost lowest: 1 for an object.
  private var containers: UInt128 = 0

  private enum Expected {
    case value
    case valueOrEnd
    case key
    case keyOrEnd
    case separatorOrEnd
    case nothing
  }

  /// A reader at the start of `text`.
  @_lifetime(copy text)
  init(_ text: RawSpan) {
    self.text = text
  }

  /// Whether nothing but white space is left.
  var isAtEnd: Bool { text.skippingSpace(from: position) == text.byteCount }

  /// The next token; nil after the top-level value, whatever follows it. Amortized O(1), but for the length of the
  /// token.
  mutating func next() throws(SyntaxError) -> JSONToken? {
    guard expected != .nothing else { return nil }
    var byte = try firstByte()
    if expected == .separatorOrEnd {
      if byte == closingBracket { return close() }
      guard byte == UInt8(ascii: ",") else { throw unexpected() }
      position += 1
      expected = isInObject ? .key : .value
      byte = try firstByte()
    }
    switch expected {
    case .keyOrEnd where byte == closingBracket, .valueOrEnd where byte == closingBracket:
      return close()
    case .keyOrEnd, .key:
      return try readKey()
    default:
      return try readValue(byte)
    }
  }

  private var isInObject: Bool { containers & 1 == 1 }
  private var closingBracket: UInt8 { isInObject ? UInt8(ascii: "}") : UInt8(ascii: "]") }

  /// Skips white space.
  private mutating func firstByte() throws(SyntaxError) -> UInt8 {
    position = text.skippingSpace(from: position)
    return try currentByte()
  }

  private func currentByte() throws(SyntaxError) -> UInt8 {
    guard let byte = text.peek(at: position) else { throw SyntaxError(.truncated, at: position) }
    return byte
  }

  private func unexpected() -> SyntaxError { SyntaxError(.unexpectedByte, at: position) }

  private mutating func open(isObject: Bool) throws(SyntaxError) -> JSONToken {
    guard depth < Self.maximumDepth else { throw SyntaxError(.tooDeep, at: position) }
    position += 1
    depth += 1
    containers = containers << 1 | (isObject ? 1 : 0)
    expected = isObject ? .keyOrEnd : .valueOrEnd
    return isObject ? .objectStart : .arrayStart
  }

  private mutating func close() -> JSONToken {
    let token: JSONToken = isInObject ? .objectEnd : .arrayEnd
    position += 1
    depth -= 1
    containers >>= 1
    valueEnds()
    return token
  }

  private mutating func valueEnds() {
    expected = depth == 0 ? .nothing : .separatorOrEnd
  }

  private mutating func readKey() throws(SyntaxError) -> JSONToken {
    let key = try readString()
    guard try firstByte() == UInt8(ascii: ":") else { throw unexpected() }
    position += 1
    expected = .value
    return .key(key)
  }

  private mutating func readValue(_ byte: UInt8) throws(SyntaxError) -> JSONToken {
    let token: JSONToken
    switch byte {
    case UInt8(ascii: "{"): return try open(isObject: true)
    case UInt8(ascii: "["): return try open(isObject: false)
    case UInt8(ascii: "\""): token = .string(try readString())
    case UInt8(ascii: "t"): token = try read("true", as: .boolean(true))
    case UInt8(ascii: "f"): token = try read("false", as: .boolean(false))
    case UInt8(ascii: "n"): token = try read("null", as: .null)
    default: token = .number(try readNumber())
    }
    valueEnds()
    return token
  }

  private mutating func read(_ literal: StaticString, as token: JSONToken) throws(SyntaxError) -> JSONToken {
    guard text.holds(literal, at: position) else { throw unexpected() }
    position += literal.utf8CodeUnitCount
    return token
  }

  private mutating func readString() throws(SyntaxError) -> JSONString {
    guard try currentByte() == UInt8(ascii: "\"") else { throw unexpected() }
    position += 1
    let start = position
    var hasEscapes = false
    while true {
      let byte = try currentByte()
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return JSONString(content: start..<(position - 1), hasEscapes: hasEscapes)
      case UInt8(ascii: "\\"):
        hasEscapes = true
        try skipEscape()
      case 0x20...:
        position += 1
      default:
        throw unexpected()
      }
    }
  }

  private mutating func skipEscape() throws(SyntaxError) {
    position += 1
    switch try currentByte() {
    case UInt8(ascii: "u"):
      for _ in 0..<4 {
        position += 1
        guard try currentByte().isHexDigit else { throw unexpected() }
      }
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      break
    default:
      throw unexpected()
    }
    position += 1
  }

  /// RFC 8259 §6: `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`
  private mutating func readNumber() throws(SyntaxError) -> Range<Int> {
    let start = position
    skip(UInt8(ascii: "-"))
    if !skip(UInt8(ascii: "0")) { try skipDigits() }
    if skip(UInt8(ascii: ".")) { try skipDigits() }
    if skip(UInt8(ascii: "e")) || skip(UInt8(ascii: "E")) {
      if !skip(UInt8(ascii: "+")) { skip(UInt8(ascii: "-")) }
      try skipDigits()
    }
    return start..<position
  }

  @discardableResult
  private mutating func skip(_ byte: UInt8) -> Bool {
    guard text.peek(at: position) == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipDigits() throws(SyntaxError) {
    guard try currentByte().isDigit else { throw unexpected() }
    while let byte = text.peek(at: position), byte.isDigit { position += 1 }
  }
}
