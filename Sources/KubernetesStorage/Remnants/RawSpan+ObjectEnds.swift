import ByteViews

extension RawSpan {
  /// The most bytes at the end that tell what kind of object ends there.
  package static var objectEndReach: Int { longestSecretType + 16 }

  /// Whether an object in protobuf ends with these bytes, as API servers write it, that can't be a Secret of the core
  /// group.
  ///
  /// Every object ends with an empty contentEncoding and contentType, `1a 00 22 00` (apimachinery pkg/runtime
  /// generated.proto); before them stands, of a Secret and of hardly any other, its type, field 3 (core/v1
  /// generated.proto). Where the bytes begin too late to rule that out, no. O(1), without allocation.
  package var endLikeAnotherMessage: Bool {
    let end = byteCount - 4
    guard end > 0, holds("\u{1A}\u{0}\"\u{0}", at: end) else { return false }
    if mayHoldType(before: end) { return false }
    // Of an immutable Secret, field 5 stands between.
    let hasFlag = end >= 2 && byte(at: end - 2) == 0x28 && byte(at: end - 1) <= 1
    return !(hasFlag && mayHoldType(before: end - 2))
  }

  /// Whether a field 3 of text may end at `end`.
  private func mayHoldType(before end: Int) -> Bool {
    for count in 0...Self.longestSecretType {
      let start = end - count
      guard start >= 3 else { return true }
      if count > 0, byte(at: start) < 0x20 { return false }
      let isPrefixed =
        count < 0x80
        ? byte(at: start - 2) == 0x1A && Int(byte(at: start - 1)) == count
        : byte(at: start - 3) == 0x1A && Int(byte(at: start - 2)) == count & 0x7F | 0x80
          && Int(byte(at: start - 1)) == count >> 7
      if isPrefixed { return true }
    }
    return false
  }

  /// Whether an object in JSON ends with these bytes, as API servers write it, that can't be a Secret of the core group.
  ///
  /// An encoder ends the line behind every object (Go, `json.Encoder`); the last member of a Secret is its type (core/v1
  /// types.go). Where the bytes begin too late to rule that out, no. O(1), without allocation.
  package var endLikeAnotherText: Bool {
    let end = byteCount - 2
    guard end > 0, holds("}\n", at: end) else { return false }
    switch byte(at: end - 1) {
    case UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: "e"), UInt8(ascii: "l"): return true
    case let last where last.isDigit: return true
    case UInt8(ascii: "\""): break
    default: return false
    }
    var start = end - 2
    while start >= 0, byte(at: start) != UInt8(ascii: "\"") {
      if end - start > Self.longestSecretType + 2 { return true }
      start -= 1
    }
    return start >= 7 && !holds("\"type\":", at: start - 7)
  }
}
