import ByteViews

extension DataString {
  /// Where its bytes stand as they are; nil where they have escapes in them, or what holds chunks or lines together.
  var place: Range<Int>? {
    switch self {
    case .bytes(let range): range
    case .json(let string): string.hasEscapes ? nil : string.content
    case .cbor(let string): string.isChunked ? nil : string.content
    case .yaml(let scalar): scalar.style == .plain && !scalar.isMultiline ? scalar.content : nil
    }
  }

  /// Hands each of its bytes, without escapes, to `body`; false where they can't be followed to the end. O(length).
  func forEachByte(in text: RawSpan, _ body: (UInt8) -> Void) -> Bool {
    switch self {
    case .bytes(let range):
      for offset in range { body(text.byte(at: offset)) }
    case .json(let string):
      var bytes = JSONStringBytes(string, in: text)
      while let byte = bytes.next() { body(byte) }
    case .cbor(let string):
      var bytes = CBORStringBytes(string, in: text)
      while let byte = bytes.next() { body(byte) }
    case .yaml(let scalar):
      return scalar.forEachByte(in: text, body)
    }
    return true
  }
}

extension YAMLScalar {
  /// Hands each byte of the text to `body`; false where its lines would have to be folded, or an escape is none. O(length).
  fileprivate func forEachByte(in text: RawSpan, _ body: (UInt8) -> Void) -> Bool {
    guard var left = utf8Count(in: text) else { return false }
    guard case .literal(let indent, _) = style else {
      var bytes = YAMLScalarBytes(self, in: text)
      while let byte = bytes.next() { body(byte) }
      return true
    }
    var start = content.lowerBound
    while left > 0, start < content.upperBound {
      let end = min(text.offset(of: 0x0A, from: start) ?? content.upperBound, content.upperBound)
      // A blank line may be indented less.
      for offset in min(start + indent, end)..<end where left > 0 {
        body(text.byte(at: offset))
        left -= 1
      }
      if left > 0 {
        body(0x0A)
        left -= 1
      }
      start = end + 1
    }
    return true
  }
}
