import ByteViews

extension Encoding {
  /// The encoding that the first bytes of `value` suggest; nil when no object in the clear begins with them.
  ///
  /// No more is looked at than a few bytes and the white space in front of them; whether the rest holds what they promise
  /// is for `init(of:)` to say.
  init?(firstBytesOf value: RawSpan) {
    guard let first = value.peek(at: 0) else { return nil }
    switch first {
    case UInt8(ascii: "k") where value.holds("k8s", at: 0):
      guard value.holds("k8s\u{0}", at: 0) else { return nil }
      self = .protobuf
    case UInt8(ascii: "a") where value.holds("azhzA", at: 0):
      self = .base64Protobuf
    case 0xD9:
      guard value.peek(at: 1) == 0xD9, value.peek(at: 2) == 0xF7 else { return nil }
      self = .cbor
    case _ where value.beginsLikeJSON:
      self = .json
    case _ where first.isSpace || first.isLetter || first.beginsYAML:
      self = .yaml
    default:
      return nil
    }
  }
}

extension UInt8 {
  /// White space of JSON (RFC 8259 §2).
  fileprivate var isSpace: Bool { self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 }

  /// A quoted key, a comment, the marker of a document, or a directive.
  fileprivate var beginsYAML: Bool {
    self == UInt8(ascii: "\"") || self == UInt8(ascii: "'") || self == UInt8(ascii: "#") || self == UInt8(ascii: "-")
      || self == UInt8(ascii: "%")
  }
}
