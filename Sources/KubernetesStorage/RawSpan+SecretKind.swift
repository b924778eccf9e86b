import ByteViews

extension RawSpan {
  /// Whether an object of this type is one that API servers write around objects of any kind, and never store: `List` of
  /// the core group (kubectl), and the events of an audit log.
  static func isCarrier(group: RawSpan, kind: RawSpan) -> Bool {
    group.isEmpty && kind.equals("List") || group.equals("audit.k8s.io")
  }

  /// Whether these bytes, an object that carries others, hold the kind of a Secret, in any encoding: `"kind":"Secret"`, the
  /// same as a quotation in a string, `kind: Secret`, two strings of CBOR, or field 2 of a typeMeta. O(length).
  var holdsSecretKind: Bool {
    var start = 0
    while let offset = offset(of: UInt8(ascii: "S"), from: start) {
      if holds("Secret", at: offset), isKind(before: offset) { return true }
      start = offset + 1
    }
    return false
  }

  /// Whether the text that begins at `offset` is the value of a member `kind`.
  func isKind(before offset: Int) -> Bool {
    guard offset >= 2 else { return false }
    // Of protobuf: tag and length. Of CBOR: the head of a text or byte string of six bytes, behind the member's name.
    if byte(at: offset - 1) == 6, byte(at: offset - 2) == 0x12 { return true }
    if byte(at: offset - 1) & 0xDF == 0x46, offset >= 5, holds("kind", at: offset - 5) { return true }
    var end = offset
    var hasColon = false
    while end > 0, offset - end < 16 {
      let before = byte(at: end - 1)
      guard before == 0x20 || before == 0x09 || before == 0x22 || before == 0x27 || before == 0x5C || before == 0x3A
      else { break }
      hasColon = hasColon || before == 0x3A
      end -= 1
    }
    return hasColon && end >= 4 && holds("kind", at: end - 4)
  }
}
