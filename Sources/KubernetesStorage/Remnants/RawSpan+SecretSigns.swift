import ByteViews

extension RawSpan {
  /// Where at `offset` a sign of a Secret in the clear lies whose beginning may be gone; nil when there is none.
  ///
  /// | sign | first bytes at `offset` |
  /// |---|---|
  /// | the end of a Secret in protobuf: its type, then an empty contentEncoding and contentType | `1a 00 22 00` |
  /// | the end of a Secret in JSON: the last of its data in base64, its type, the end of the line | `}\n` |
  /// | a private key | `-----BEGIN … PRIVATE KEY-----` |
  /// | the kind of a Secret in JSON | `"kind":"Secret"` |
  ///
  /// O(1), without allocation.
  package func secretSign(at offset: Int) -> Range<Int>? {
    switch peek(at: offset) {
    case 0x1A: endOfSecret(at: offset)
    case UInt8(ascii: "}"): endOfSecretText(at: offset)
    case UInt8(ascii: "-"): privateKey(at: offset)
    case UInt8(ascii: "\""): kindOfSecret(at: offset)
    default: nil
    }
  }

  /// How many bytes behind the `offset` of a sign must be there for it to be recognised, and how many before it.
  package static var secretSignReach: (before: Int, behind: Int) { (before: textBefore, behind: 64) }

  /// The end of a Secret in JSON reaches further back than that of one in protobuf: over the type's member and the last of
  /// the data.
  private static var textBefore: Int { longestSecretType + 1 + "},\"type\":\"".utf8.count + base64Reach }

  /// A type is a qualified name: a prefix of at most 253 bytes, and 63.
  static var longestSecretType: Int { 253 + 1 + 63 }

  /// Of the last of the data in JSON so much is looked at.
  private static var base64Reach: Int { 64 }

  /// core/v1 generated.proto, Secret: type 3, immutable 5; then `runtime.Unknown`: contentEncoding 3, contentType 4, which
  /// API servers write even when empty.
  private func endOfSecret(at offset: Int) -> Range<Int>? {
    guard holds("\u{1A}\u{0}\"\u{0}", at: offset) else { return nil }
    // Of an immutable Secret, field 5 stands between.
    let hasFlag = offset >= 2 && byte(at: offset - 2) == 0x28 && byte(at: offset - 1) <= 1
    let end = hasFlag ? offset - 2 : offset
    // As the first sign of a type is the last of its letters, the length is found by trying.
    var count = 1
    while count <= Self.longestSecretType, end - count - 2 >= 0 {
      let start = end - count
      guard byte(at: start).isTypeCharacter else { return nil }
      if count < 0x80, byte(at: start - 2) == 0x1A, Int(byte(at: start - 1)) == count, isSecretType(start..<end) {
        return (start - 2)..<(offset + 4)
      }
      count += 1
    }
    return nil
  }

  /// The types that Kubernetes and Helm write; of others a prefix of at least two labels tells that they are types.
  private func isSecretType(_ range: Range<Int>) -> Bool {
    let type = extracting(range)
    if type.equals("Opaque") { return true }
    guard let slash = type.offset(of: UInt8(ascii: "/"), from: 0), slash > 2, slash + 1 < type.byteCount else {
      return false
    }
    return type.extracting(first: slash).offset(of: UInt8(ascii: "."), from: 1) != nil
  }

  /// core/v1 types.go, Secret: in Go's order of fields, `data` and `stringData` stand before `type`, the last member, and an
  /// encoder ends the line behind the object. Objects of another kind end with another member, or have their members in
  /// the order of their names, with `metadata`, whose last member is no base64, before `type`.
  private func endOfSecretText(at offset: Int) -> Range<Int>? {
    guard offset >= 1, peek(at: offset + 1) == 0x0A, byte(at: offset - 1) == UInt8(ascii: "\"") else { return nil }
    let typeEnd = offset - 1
    var typeStart = typeEnd
    while typeStart > 0, typeEnd - typeStart <= Self.longestSecretType, byte(at: typeStart - 1).isTypeCharacter {
      typeStart -= 1
    }
    let dataEnd = typeStart - "\"},\"type\":\"".utf8.count
    guard dataEnd >= 0, isSecretType(typeStart..<typeEnd), holds("\"},\"type\":\"", at: dataEnd) else { return nil }
    return endsInBase64(before: dataEnd) ? (dataEnd + 3)..<(offset + 2) : nil
  }

  /// Whether what stands before `end` is the end of a JSON string of base64, of which the beginning may be gone.
  private func endsInBase64(before end: Int) -> Bool {
    var start = end
    while start > 0, end - start < 2, byte(at: start - 1) == UInt8(ascii: "=") { start -= 1 }
    let digitsEnd = start
    while start > 0, end - start < Self.base64Reach, byte(at: start - 1).isBase64Digit { start -= 1 }
    if end - start >= Self.base64Reach || start == 0 { return digitsEnd > start }
    // All of the string: four digits for three bytes, behind the name of its member.
    return byte(at: start - 1) == UInt8(ascii: "\"") && (end - start) % 4 == 0 && start >= 2
      && byte(at: start - 2) == UInt8(ascii: ":")
  }

  /// RFC 7468 §10, and the labels OpenSSL and OpenSSH have beside it.
  private func privateKey(at offset: Int) -> Range<Int>? {
    guard holds("-----BEGIN ", at: offset) else { return nil }
    for label in offset + 11..<offset + 24 {
      if holds("PRIVATE KEY-----", at: label) { return offset..<(label + 16) }
      guard let byte = peek(at: label), byte.isUppercaseLetter || byte == 0x20 else { return nil }
    }
    return nil
  }

  private func kindOfSecret(at offset: Int) -> Range<Int>? {
    guard holds("\"kind\":", at: offset) else { return nil }
    let value = peek(at: offset + 7) == 0x20 ? offset + 8 : offset + 7
    return holds("\"Secret\"", at: value) ? offset..<(value + 8) : nil
  }
}

extension UInt8 {
  fileprivate var isTypeCharacter: Bool {
    isLetter || isDigit || self == UInt8(ascii: "/") || self == UInt8(ascii: ".") || self == UInt8(ascii: "-")
      || self == UInt8(ascii: "_")
  }
}
