import ByteViews

extension RawSpan {
  /// Where in this value, which begins like an object in the clear, something follows that object, which no API server writes;
  /// nil where nothing does, or the end of the object can't be told.
  ///
  /// Of protobuf O(1). Of text and CBOR O(length): its end is looked for only where the word `Secret` occurs, or the last
  /// bytes are none that JSON ends with.
  package var rangeBehindObject: Range<Int>? {
    guard let end = endOfLeadingObject, end < byteCount else { return nil }
    var start = end
    while let byte = peek(at: start), byte == 0 || byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      start += 1
    }
    return start < byteCount ? start..<byteCount : nil
  }

  private var endOfLeadingObject: Int? {
    switch Encoding(firstBytesOf: self) {
    case .protobuf:
      if endsAsWritten { return nil }
      let unknown = UnknownRemnant(self)
      return unknown.typeMeta == nil || unknown.isCut ? nil : unknown.end
    case .json:
      guard !endsLikeJSON || holdsSecretWord else { return nil }
      let (_, end, error) = ObjectDraft.read(json: self)
      return error == nil ? end : nil
    case .cbor:
      guard holdsSecretWord else { return nil }
      let (_, end, error) = ObjectDraft.read(cbor: self)
      return error == nil ? end : nil
    case .yaml:
      var start = 0
      while let line = offset(of: 0x0A, from: start) {
        start = line + 1
        if holds("---", at: start), peek(at: start + 3).map({ $0 <= 0x20 }) ?? true { return start }
      }
      return nil
    case .base64Protobuf, nil: return nil
    }
  }

  /// Whether this value is protobuf as API servers write it, up to its last byte: typeMeta, the object, an empty
  /// contentEncoding and contentType (apimachinery pkg/runtime/generated.proto). O(1).
  private var endsAsWritten: Bool {
    guard let start = typeMetaEnd, start + 6 <= byteCount, byte(at: start) == 0x12 else { return false }
    var length = 0
    var end = start + 1
    for shift in stride(from: 0, through: 28, by: 7) {
      guard let byte = peek(at: end) else { return false }
      end += 1
      length |= Int(byte & 0x7F) << shift
      if byte < 0x80 { break }
    }
    return end + length + 4 == byteCount && holds("\u{1A}\u{0}\"\u{0}", at: byteCount - 4)
  }

  /// Whether the last bytes are a closing brace, behind what the last value of an object ends with, and the end of a line.
  private var endsLikeJSON: Bool {
    var end = byteCount
    if end > 0, byte(at: end - 1) == 0x0A { end -= 1 }
    guard end > 1, byte(at: end - 1) == UInt8(ascii: "}") else { return false }
    let last = byte(at: end - 2)
    return last == UInt8(ascii: "}") || last == UInt8(ascii: "]") || last == UInt8(ascii: "\"")
      || last == UInt8(ascii: "e")
      || last == UInt8(ascii: "l") || last == UInt8(ascii: "{") || last.isDigit
  }
}
