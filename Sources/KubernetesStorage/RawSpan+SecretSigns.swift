extension RawSpan {
  /// Where at `offset` a sign of a Secret in the clear lies whose beginning may be gone; nil when there is none.
  ///
  /// | sign | first bytes at `offset` |
  /// |---|---|
  /// | the end of a Secret in protobuf: its type, then an empty contentEncoding and contentType | `1a 00 22 00` |
  /// | a private key | `-----BEGIN … PRIVATE KEY-----` |
  /// | the kind of a Secret in JSON | `"kind":"Secret"` |
  ///
  /// O(1), without allocation.
  package func secretSign(at offset: Int) -> Range<Int>? {
    switch peek(at: offset) {
    case 0x1A: endOfSecret(at: offset)
    case UInt8(ascii: "-"): privateKey(at: offset)
    case UInt8(ascii: "\""): kindOfSecret(at: offset)
    default: nil
    }
  }

  /// How many bytes behind the `offset` of a sign must be there for it to be recognised, and how many before it.
  package static var secretSignReach: (before: Int, behind: Int) { (before: 2 + longestType + 2, behind: 64) }

  /// A type is a qualified name: a prefix of at most 253 bytes, and 63.
  private static var longestType: Int { 253 + 1 + 63 }

  /// core/v1 generated.proto, Secret: type 3, immutable 5; then `runtime.Unknown`: contentEncoding 3, contentType 4, which
  /// API servers write even when empty.
  private func endOfSecret(at offset: Int) -> Range<Int>? {
    guard holds("\u{1A}\u{0}\"\u{0}", at: offset) else { return nil }
    // Of an immutable Secret, field 5 stands between.
    let hasFlag = offset >= 2 && byte(at: offset - 2) == 0x28 && byte(at: offset - 1) <= 1
    let end = hasFlag ? offset - 2 : offset
    // As the first sign of a type is the last of its letters, the length is found by trying.
    var count = 1
    while count <= Self.longestType, end - count - 2 >= 0 {
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
