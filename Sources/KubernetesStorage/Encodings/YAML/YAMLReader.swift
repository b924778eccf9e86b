import ByteViews

/// Walks block-style YAML line by line, as sigs.k8s.io/yaml writes a JSON-like object. Nothing is copied or allocated.
///
/// No YAML parser: anchors, aliases, tags, flow collections with content, complex keys and tabs between tokens are errors.
/// Directives are passed over. Lines may end in CR LF. Text ends at the first zero byte, which YAML does not have.
struct YAMLReader: ~Escapable {
  /// The text up to a zero byte.
  let text: RawSpan
  /// Where the next line begins.
  private var position = 0
  /// No line may be indented deeper than this: the last value was complete.
  private var deepestIndent: Int?
  private var hasBegun = false

  /// A reader at the start of `text`.
  @_lifetime(copy text)
  init(_ text: RawSpan) {
    self.text = text.extracting(0..<(text.offset(of: 0, from: 0) ?? text.byteCount))
  }

  /// The next line that is neither blank nor a comment; nil at the end of the document. Amortized O(length).
  mutating func next() throws(SyntaxError) -> YAMLLine? {
    while position < text.byteCount {
      let lineStart = position
      let start = skippingSpaces(from: lineStart)
      if isLineEnd(start) || text.peek(at: start) == UInt8(ascii: "#") {
        position = nextLine(after: start)
        continue
      }
      // YAML 1.2.2 §6.8: directives stand before the document's marker.
      if !hasBegun, text.byte(at: lineStart) == UInt8(ascii: "%") {
        position = nextLine(after: lineStart)
        continue
      }
      if text.holds("---", at: lineStart) || text.holds("...", at: lineStart), isBlank(lineStart + 3) {
        guard !hasBegun, text.byte(at: lineStart) == UInt8(ascii: "-") else { return nil }
        hasBegun = true
        try finishLine(at: lineStart + 3)
        continue
      }
      hasBegun = true
      if let deepestIndent, start - lineStart > deepestIndent { throw SyntaxError(.unexpectedByte, at: start) }
      return try readLine(lineStart: lineStart, start: start)
    }
    return nil
  }

  private mutating func readLine(lineStart: Int, start: Int) throws(SyntaxError) -> YAMLLine {
    var column = start
    var parent = start
    while text.peek(at: column) == UInt8(ascii: "-"), isBlank(column + 1) {
      parent = column
      column = skippingSpaces(from: column + 1)
      if isLineEnd(column) || text.peek(at: column) == UInt8(ascii: "#") {
        position = nextLine(after: column)
        deepestIndent = nil
        return .item(indent: start - lineStart)
      }
    }
    if let (key, end) = try readKey(at: column) {
      let value = try readValue(at: end, parent: column - lineStart)
      if column == start { return .member(indent: start - lineStart, key: key, value: value) }
    } else {
      guard column > start else { throw SyntaxError(.unexpectedByte, at: column) }
      _ = try readValue(at: column, parent: parent - lineStart)
    }
    return .item(indent: start - lineStart)
  }

  /// A key and the offset behind its colon; nil when there is no key at `start`.
  private func readKey(at start: Int) throws(SyntaxError) -> (YAMLScalar, end: Int)? {
    guard let first = text.peek(at: start) else { return nil }
    if first == UInt8(ascii: "'") || first == UInt8(ascii: "\"") {
      let (key, end) = try readQuoted(at: start, parent: -1)
      guard !key.isMultiline, text.peek(at: end) == UInt8(ascii: ":"), isBlank(end + 1) else { return nil }
      return (key, end + 1)
    }
    guard mayBeginPlain(start) else { return nil }
    var end = start
    while !isLineEnd(end), !(text.byte(at: end) == UInt8(ascii: "#") && isBlank(end - 1)) {
      guard text.byte(at: end) >= 0x20 else { throw SyntaxError(.unexpectedByte, at: end) }
      if text.byte(at: end) == UInt8(ascii: ":"), isBlank(end + 1) {
        return (YAMLScalar(style: .plain, content: start..<end, isMultiline: false), end + 1)
      }
      end += 1
    }
    return nil
  }

  /// The value at or behind `offset`, up to the end of its last line. Nil when there is none in this line.
  private mutating func readValue(at offset: Int, parent: Int) throws(SyntaxError) -> YAMLScalar? {
    let start = skippingSpaces(from: offset)
    deepestIndent = nil
    guard !isLineEnd(start), let first = text.peek(at: start), first != UInt8(ascii: "#") else {
      position = nextLine(after: start)
      return nil
    }
    deepestIndent = parent
    switch first {
    case UInt8(ascii: "|"), UInt8(ascii: ">"):
      return try readBlock(at: start, parent: parent)
    case UInt8(ascii: "'"), UInt8(ascii: "\""):
      let (scalar, end) = try readQuoted(at: start, parent: parent)
      try finishLine(at: end)
      return scalar
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      guard text.holds("{}", at: start) || text.holds("[]", at: start) else {
        throw SyntaxError(.unexpectedByte, at: start)
      }
      try finishLine(at: start + 2)
      return nil
    default:
      guard mayBeginPlain(start) else { throw SyntaxError(.unexpectedByte, at: start) }
      return try readPlain(at: start, parent: parent)
    }
  }

  /// YAML 1.2.2 §7.3.3: lines that are indented deeper go on.
  private mutating func readPlain(at start: Int, parent: Int) throws(SyntaxError) -> YAMLScalar {
    var end = try endOfPlainLine(from: start)
    position = nextLine(after: end)
    var isMultiline = false
    while text.peek(at: skippingSpaces(from: end)) != UInt8(ascii: "#") {
      var lineStart = position
      var next = skippingSpaces(from: lineStart)
      while next < text.byteCount, isLineEnd(next) {
        lineStart = next + 1
        next = skippingSpaces(from: lineStart)
      }
      guard next < text.byteCount, next - lineStart > parent, text.byte(at: next) != UInt8(ascii: "#") else { break }
      end = try endOfPlainLine(from: next)
      position = nextLine(after: end)
      isMultiline = true
    }
    return YAMLScalar(style: .plain, content: start..<end, isMultiline: isMultiline)
  }

  /// The end of plain text, spaces and a comment taken off. Another colon would begin another key.
  private func endOfPlainLine(from start: Int) throws(SyntaxError) -> Int {
    var offset = start
    var end = start
    while !isLineEnd(offset) {
      let byte = text.byte(at: offset)
      if byte == UInt8(ascii: "#"), isBlank(offset - 1) { break }
      guard byte >= 0x20, !(byte == UInt8(ascii: ":") && isBlank(offset + 1)) else {
        throw SyntaxError(.unexpectedByte, at: offset)
      }
      offset += 1
      if byte != 0x20 { end = offset }
    }
    return end
  }

  /// A quoted scalar and the offset behind its closing quote (YAML 1.2.2 §7.3.1, §7.3.2).
  private func readQuoted(at start: Int, parent: Int) throws(SyntaxError) -> (YAMLScalar, end: Int) {
    let quote = text.byte(at: start)
    let isDouble = quote == UInt8(ascii: "\"")
    var isMultiline = false
    var offset = start + 1
    while let byte = text.peek(at: offset) {
      let isEscape = isDouble && byte == UInt8(ascii: "\\")
      if byte == quote {
        guard !isDouble, text.peek(at: offset + 1) == quote else {
          let style: YAMLScalar.Style = isDouble ? .doubleQuoted : .singleQuoted
          return (YAMLScalar(style: style, content: (start + 1)..<offset, isMultiline: isMultiline), offset + 1)
        }
        offset += 1
      } else if isEscape, text.peek(at: offset + 1) != UInt8(ascii: "\n") {
        offset += 1
      } else if byte == UInt8(ascii: "\n") {
        isMultiline = true
        let next = skippingSpaces(from: offset + 1)
        guard isLineEnd(next) || next - offset - 1 > parent else { throw SyntaxError(.unexpectedByte, at: next) }
      }
      offset += 1
    }
    throw SyntaxError(.unexpectedByte, at: start)
  }

  /// A block scalar (YAML 1.2.2 §8.1): an indentation indicator, a chomping indicator, and the lines indented deeper.
  private mutating func readBlock(at start: Int, parent: Int) throws(SyntaxError) -> YAMLScalar {
    var chomping: YAMLScalar.Chomping?
    var indent: Int?
    var offset = start + 1
    while let byte = text.peek(at: offset), byte != 0x20, byte != 0x0A {
      switch byte {
      case UInt8(ascii: "-") where chomping == nil: chomping = .strip
      case UInt8(ascii: "+") where chomping == nil: chomping = .keep
      case UInt8(ascii: "1")...UInt8(ascii: "9") where indent == nil: indent = parent + Int(byte - UInt8(ascii: "0"))
      default: throw SyntaxError(.unexpectedByte, at: offset)
      }
      offset += 1
    }
    try finishLine(at: offset)
    let content = position
    while position < text.byteCount {
      let first = skippingSpaces(from: position)
      if !isLineEnd(first) {
        if indent == nil, first - position > parent { indent = first - position }
        guard let indent, first - position >= indent else { break }
      }
      position = nextLine(after: first)
    }
    let isLiteral = text.byte(at: start) == UInt8(ascii: "|")
    let style: YAMLScalar.Style = isLiteral ? .literal(indent: indent ?? parent + 1, chomping ?? .clip) : .folded
    return YAMLScalar(style: style, content: content..<position, isMultiline: true)
  }

  /// Passes over spaces and a comment, which must be all that is left of a line.
  private mutating func finishLine(at offset: Int) throws(SyntaxError) {
    let rest = skippingSpaces(from: offset)
    guard isLineEnd(rest) || (rest > offset && text.byte(at: rest) == UInt8(ascii: "#")) else {
      throw SyntaxError(.unexpectedByte, at: rest)
    }
    position = nextLine(after: rest)
  }

  /// YAML 1.2.2 §7.3.3, rule 126, and no merge key.
  private func mayBeginPlain(_ offset: Int) -> Bool {
    guard !text.holds("<<", at: offset), let byte = text.peek(at: offset) else { return false }
    switch byte {
    case UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"): return !isBlank(offset + 1)
    case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"),
      UInt8(ascii: "#"), UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "!"), UInt8(ascii: "|"),
      UInt8(ascii: ">"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "%"), UInt8(ascii: "@"),
      UInt8(ascii: "`"):
      return false
    default: return byte > 0x20
    }
  }

  private func skippingSpaces(from offset: Int) -> Int {
    var offset = offset
    while text.peek(at: offset) == 0x20 { offset += 1 }
    return offset
  }

  private func isLineEnd(_ offset: Int) -> Bool {
    guard let byte = text.peek(at: offset), byte != 0x0A else { return true }
    return byte == 0x0D && text.peek(at: offset + 1) ?? 0x0A == 0x0A
  }

  private func isBlank(_ offset: Int) -> Bool { isLineEnd(offset) || text.byte(at: offset) == 0x20 }

  private func nextLine(after offset: Int) -> Int {
    text.offset(of: 0x0A, from: offset).map { $0 + 1 } ?? text.byteCount
  }
}
