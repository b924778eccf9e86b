import ByteViews

/// Where a scalar lies in YAML text.
struct YAMLScalar: Hashable {
  enum Style: Hashable {
    case plain
    case singleQuoted
    case doubleQuoted
    /// `|`, its lines indented by `indent`.
    case literal(indent: Int, Chomping)
    /// `>`
    case folded
  }

  /// What becomes of the line breaks at a block's end (YAML 1.2.2 §8.1.1.2).
  enum Chomping: Hashable {
    case strip
    case clip
    case keep
  }

  let style: Style
  /// Without the quotes; of a block, its whole lines.
  let content: Range<Int>
  /// Whether a flow scalar runs over more than one line, or an escaped line break is in it.
  let isMultiline: Bool

  /// Whether it is plain and stands for null (YAML 1.1, tag:yaml.org,2002:null).
  func isNull(in text: RawSpan) -> Bool {
    guard style == .plain else { return false }
    let bytes = text.extracting(content)
    return bytes.equals("null") || bytes.equals("~") || bytes.equals("Null") || bytes.equals("NULL")
  }

  /// A name; nil unless it stands in one line. O(length).
  func name(in text: RawSpan) -> String? {
    guard utf8CountOfLine(in: text) != nil else { return nil }
    return BoundedText(self, in: text).string
  }

  /// Length of the text in bytes of UTF-8; nil when its lines would have to be folded. O(length).
  func utf8Count(in text: RawSpan) -> Int? {
    if case .literal(let indent, let chomping) = style { return literalCount(indent, chomping, in: text) }
    return utf8CountOfLine(in: text)
  }

  /// How many bytes it stands for as base64. Spaces and line breaks are not of the text. O(length).
  func base64DecodedCount(in text: RawSpan) -> Int? {
    var count = Base64Count()
    if style == .doubleQuoted {
      guard utf8CountOfLine(in: text) != nil else { return nil }
      var bytes = YAMLScalarBytes(self, in: text)
      while let byte = bytes.next() { count.append(byte) }
    } else {
      for offset in content { count.append(text.byte(at: offset)) }
    }
    return count.decoded
  }

  private func utf8CountOfLine(in text: RawSpan) -> Int? {
    switch style {
    case .literal, .folded: return nil
    case .plain, .singleQuoted, .doubleQuoted: break
    }
    guard !isMultiline else { return nil }
    var bytes = YAMLScalarBytes(self, in: text)
    var count = 0
    while bytes.next() != nil { count += 1 }
    return bytes.isDamaged ? nil : count
  }

  private func literalCount(_ indent: Int, _ chomping: Chomping, in text: RawSpan) -> Int {
    var total = 0
    var endOfText: Int?
    var lineStart = content.lowerBound
    while lineStart < content.upperBound {
      let lineEnd = min(text.offset(of: UInt8(ascii: "\n"), from: lineStart) ?? content.upperBound, content.upperBound)
      let count = max(0, lineEnd - lineStart - indent)
      if count > 0 { endOfText = total + count }
      total += count + (lineEnd < content.upperBound ? 1 : 0)
      lineStart = lineEnd + 1
    }
    switch chomping {
    case .strip: return endOfText ?? 0
    case .clip: return endOfText.map { min($0 + 1, total) } ?? 0
    case .keep: return total
    }
  }
}
