import ByteViews

/// Where a Secret in the clear gives itself away by its kind, however it is written: for places at which no object is known
/// to begin.
///
/// What is looked for is the word `Secret` as the value of a member `kind`, in every writing that is looked for below, and
/// near it the other members of a Secret. So the order of members and fields, the style of YAML and the tag of CBOR make no
/// difference.
///
/// | writing | first two bytes |
/// |---|---|
/// | protobuf, JSON, YAML, CBOR, and JSON inside a string of JSON | `Se` |
/// | letters as `\u0053` | `\u`, or `S\` |
/// | UTF-16 and UTF-32, also of letters as `\u0053` | `S` or `\`, zero |
/// | hexadecimal digits, also of such letters | `53`, `5c` |
/// | base64, at three alignments, also of such letters | `U2`, `Nl`, `TZ`; `XH`, `x1`, `cd` |
/// | gzip, zlib | `1f 8b`; `08`, `18`, … `78` and one of four each |
///
/// | what must be there | where |
/// |---|---|
/// | the version `v1` and the kind one behind the other, as typeMeta has them | protobuf |
/// | `apiVersion` of `v1` and `data` or `stringData` within ``reach`` bytes | bytes that are not wrapped |
/// | one of these two; anywhere in what is packed | bytes that are wrapped, which nobody writes who refers to a Secret |
///
/// A reference to a Secret has no data, so it is none.
package struct SecretTrace {
  /// Where in the bytes it lies.
  package let range: Range<Int>

  /// How far from the kind the other members of a Secret are looked for.
  static let reach = 2048

  /// A trace is told by so many bytes before its first one, and by as many from there on; one that is packed, by all its bytes.
  package static let bytesToTell = 16 << 10

  /// The trace that begins with the two bytes at `offset`; nil when none does. O(1), of gzip and zlib O(what it unpacks to).
  ///
  /// - Parameters:
  ///   - allowsJSON: whether the kind in JSON, as encoders write it, counts too; where it does not, another sign tells it.
  ///   - limit: what unpacks to more than `examined` may come to is one, whatever it is: nobody has to pack anything so well.
  ///   - examined: grows by the bytes that had to be looked at.
  ///   - mayGoOn: becomes true where something is packed of which the end is missing.
  package init?(
    in bytes: RawSpan, at offset: Int, allowsJSON: Bool = false, limit: Int = .max, examined: inout Int,
    mayGoOn: inout Bool
  ) {
    guard let first = bytes.peek(at: offset), let second = bytes.peek(at: offset + 1) else { return nil }
    if TraceSigns.deflate.contains(first, second) {
      guard let end = Self.endOfDeflated(in: bytes, at: offset, depth: 0, limit, &examined, &mayGoOn) else {
        return nil
      }
      range = offset..<end
      return
    }
    let start = max(0, offset - Self.bytesToTell)
    let near = bytes.extracting(start..<min(offset + Self.bytesToTell, bytes.byteCount))
    let trace = SecretTrace(
      in: near, at: offset - start, allowsJSON: allowsJSON, limit: limit, depth: 0, examined: &examined)
    guard let trace else { return nil }
    range = (start + trace.range.lowerBound)..<(start + trace.range.upperBound)
  }

  private init?(
    in bytes: RawSpan, at offset: Int, allowsJSON: Bool, limit: Int, depth: Int, examined: inout Int
  ) {
    guard let first = bytes.peek(at: offset), let second = bytes.peek(at: offset + 1) else { return nil }
    var mayGoOn = false
    let end: Int?
    switch (first, second) {
    case (UInt8(ascii: "S"), UInt8(ascii: "e")), (UInt8(ascii: "S"), UInt8(ascii: "\\")),
      (UInt8(ascii: "\\"), UInt8(ascii: "u")), (UInt8(ascii: "\\"), UInt8(ascii: "\\")):
      end = Self.endOfText(in: bytes, at: offset, allowsJSON: allowsJSON, &examined)
    case (UInt8(ascii: "S"), 0), (UInt8(ascii: "\\"), 0): end = Self.endOfWideText(in: bytes, at: offset, &examined)
    case (UInt8(ascii: "5"), UInt8(ascii: "3")): end = Self.endOfHex("536563726574", in: bytes, at: offset, &examined)
    case (UInt8(ascii: "5"), UInt8(ascii: "c")): end = Self.endOfHex("5c753030", in: bytes, at: offset, &examined)
    case (UInt8(ascii: "5"), UInt8(ascii: "C")): end = Self.endOfHex("5C753030", in: bytes, at: offset, &examined)
    case (UInt8(ascii: "U"), UInt8(ascii: "2")): end = Self.endOfBase64("U2VjcmV0", 0, in: bytes, at: offset, &examined)
    case (UInt8(ascii: "N"), UInt8(ascii: "l")): end = Self.endOfBase64("NlY3Jld", 2, in: bytes, at: offset, &examined)
    case (UInt8(ascii: "T"), _): end = Self.endOfBase64("TZWNyZX", 3, in: bytes, at: offset, &examined)
    case (UInt8(ascii: "X"), UInt8(ascii: "H")): end = Self.endOfBase64("XHUwM", 0, in: bytes, at: offset, &examined)
    case (0x78, UInt8(ascii: "1")): end = Self.endOfBase64("x1MD", 2, in: bytes, at: offset, &examined)
    case (UInt8(ascii: "c"), UInt8(ascii: "d")): end = Self.endOfBase64("cdTAw", 3, in: bytes, at: offset, &examined)
    default:
      end =
        TraceSigns.deflate.contains(first, second)
        ? Self.endOfDeflated(in: bytes, at: offset, depth: depth, limit, &examined, &mayGoOn) : nil
    }
    guard let end else { return nil }
    range = offset..<end
  }

  /// The first trace that begins in `range` of `bytes`; nil when none does. What looks like so many traces that they take more
  /// than their share of work counts as one.
  ///
  /// O(length), many bytes at a time.
  package static func first(in bytes: RawSpan, from range: Range<Int>) -> SecretTrace? {
    var examined = 0
    return first(in: bytes, from: range, depth: 0, workLimit(forBytes: range.count), &examined)
  }

  /// The bytes that may be examined, or unfolded, while `count` bytes are searched: few programs pack anything so well.
  static func workLimit(forBytes count: Int) -> Int { 14 * count + 1024 }

  private static func first(
    in bytes: RawSpan, from range: Range<Int>, depth: Int, _ limit: Int, _ examined: inout Int
  ) -> SecretTrace? {
    var offset = range.lowerBound
    let end = min(range.upperBound, bytes.byteCount - 1)
    while let sign = TraceSigns.all.firstOffset(in: bytes, from: offset, before: end) {
      if let trace = SecretTrace(in: bytes, at: sign, allowsJSON: true, limit: limit, depth: depth, examined: &examined)
      {
        return trace
      }
      guard examined <= limit else { return SecretTrace(range: sign..<sign + 2) }
      offset = sign + 1
    }
    return nil
  }

  /// Where in `bytes` a Secret lies that gzip or zlib packed, or what takes more work than `limit` allows: of random bytes that is
  /// never so. O(length).
  static func deflated(in bytes: RawSpan, _ limit: Int, _ examined: inout Int) -> Int? {
    var offset = 0
    var mayGoOn = false
    while let sign = TraceSigns.deflate.firstOffset(in: bytes, from: offset, before: bytes.byteCount - 1) {
      if endOfDeflated(in: bytes, at: sign, depth: 0, limit, &examined, &mayGoOn) != nil || examined > limit {
        return sign
      }
      offset = sign + 1
    }
    return nil
  }

  private init(range: Range<Int>) { self.range = range }

  // MARK: Writings

  private static func endOfText(
    in bytes: RawSpan, at offset: Int, allowsJSON: Bool, _ examined: inout Int
  ) -> Int? {
    guard let end = bytes.endOfSecretWord(at: offset) else { return nil }
    let window = max(0, offset - reach)..<min(end + reach, bytes.byteCount)
    guard end == offset + 6 else {
      examined += window.count
      return bytes.extracting(window).withoutEscapes { showsUnescaped($0) } ? end : nil
    }
    guard bytes.isKind(before: offset) else {
      // The name of the member may have escapes, though the kind has none.
      guard bytes.hasEscape(before: offset) else { return nil }
      examined += window.count
      return bytes.extracting(window).withoutEscapes { showsUnescaped($0) } ? end : nil
    }
    if !allowsJSON, bytes.isJSONKind(before: offset) { return nil }
    if bytes.isTypeMeta(around: offset) { return end }
    examined += window.count
    let text = bytes.extracting(window)
    return text.holdsVersion && text.holdsData ? end : nil
  }

  private static func endOfWideText(in bytes: RawSpan, at offset: Int, _ examined: inout Int) -> Int? {
    let isEscape = bytes.byte(at: offset) == UInt8(ascii: "\\")
    let second = isEscape ? UInt8(ascii: "u") : UInt8(ascii: "e")
    let width = bytes.peek(at: offset + 2) == second ? 2 : 4
    guard bytes.peek(at: offset + width) == second else { return nil }
    func isASCII(_ place: Int) -> Bool {
      guard place >= 0, place < bytes.byteCount, bytes.byte(at: place) < 0x80 else { return false }
      for zero in place + 1..<min(place + width, bytes.byteCount) where bytes.byte(at: zero) != 0 { return false }
      return true
    }
    func letter(_ index: Int) -> UInt8? { bytes.peek(at: offset + index * width) }
    // Four digits of an escape begin with two zeros; of the word, the third letter is looked at.
    guard isEscape ? letter(2) == UInt8(ascii: "0") && letter(3) == UInt8(ascii: "0") : letter(2) == UInt8(ascii: "c")
    else {
      return nil
    }
    var start = offset
    while offset - start < reach * width, isASCII(start - width) { start -= width }
    var end = offset
    while end - offset < reach * width, isASCII(end) { end += width }
    examined += end - start
    guard end - offset >= 6 * width else { return nil }
    return isWrapped(stride(from: start, to: end, by: width).map { bytes.byte(at: $0) }) ? offset + 6 * width : nil
  }

  private static func endOfHex(
    _ word: StaticString, in bytes: RawSpan, at offset: Int, _ examined: inout Int
  ) -> Int? {
    guard let end = bytes.end(ofDigits: word, at: offset) else { return nil }
    let before = bytes.digits(before: offset, 2 * reach, where: \.isHexDigit)
    let after = bytes.digits(from: offset, 2 * (reach + 6), where: \.isHexDigit)
    examined += before.count + after.count
    let digits = Array(before.dropFirst(before.count % 2) + after)
    return digits.rawSpan.withHexDecoded { shows($0) } ? end : nil
  }

  /// - Parameter place: where in a group of four digits the first of `word` stands.
  private static func endOfBase64(
    _ word: StaticString, _ place: Int, in bytes: RawSpan, at offset: Int, _ examined: inout Int
  ) -> Int? {
    guard let end = bytes.end(ofDigits: word, at: offset) else { return nil }
    let before = bytes.digits(before: offset, reach * 4 / 3, where: \.isAnyBase64Digit)
    let after = bytes.digits(from: offset, (reach + 8) * 4 / 3, where: \.isAnyBase64Digit)
    examined += before.count + after.count
    guard before.count >= place else { return nil }
    let digits = (before.dropFirst((before.count - place) % 4) + after).map(\.inStandardBase64)
    return digits.rawSpan.withBase64Decoded { shows($0) } ? end : nil
  }

  /// So many streams in one another are unfolded.
  private static let deepest = 3

  private static func endOfDeflated(
    in bytes: RawSpan, at offset: Int, depth: Int, _ limit: Int, _ examined: inout Int, _ mayGoOn: inout Bool
  ) -> Int? {
    guard depth < deepest else { return nil }
    guard var unfolding = Unfolding(bytes, at: offset, atMost: limit - examined, examined: &examined) else {
      mayGoOn = PackedHead.mayBeginGzip(bytes, at: offset)
      return nil
    }
    defer { unfolding.wipe() }
    mayGoOn = unfolding.isCut
    if unfolding.end == .limited { return offset + 2 }
    guard !unfolding.bytes.isEmpty else { return nil }
    let text = unfolding.bytes.rawSpan
    guard
      shows(text, within: .max) || first(in: text, from: 0..<text.byteCount, depth: depth + 1, limit, &examined) != nil
    else {
      return nil
    }
    if case .whole(let end) = unfolding.end { return end }
    return offset + 2
  }

  // MARK: Decoded text

  /// Whether in `text`, which was unwrapped, a Secret shows itself, with escapes or without.
  private static func isWrapped(_ text: consuming [UInt8]) -> Bool {
    var text = text
    let found = shows(text.rawSpan)
    // Sound: the buffer is the array's own.
    unsafe text.withUnsafeMutableBytes { unsafe wipe($0) }
    return found
  }

  /// Whether in `text`, which was unwrapped, a Secret shows itself: its other members lie within `reach` bytes of its kind.
  /// In what was unfolded, that is anywhere: where members are in the order of their names, all of the data lie between.
  static func shows(_ text: RawSpan, within reach: Int = reach) -> Bool {
    if showsUnescaped(text, within: reach) { return true }
    var start = 0
    while let offset = text.offset(of: UInt8(ascii: "\\"), from: start) {
      if text.escapedLetter(at: offset) != nil { return text.withoutEscapes { showsUnescaped($0, within: reach) } }
      start = offset + 1
    }
    return false
  }

  private static func showsUnescaped(_ text: RawSpan, within reach: Int = reach) -> Bool {
    let isWhole = reach >= text.byteCount
    // Of the whole text the answer is the same for each kind.
    var showsMembers: Bool?
    var start = 0
    while let place = text.offset(of: UInt8(ascii: "S"), from: start) {
      start = place + 1
      guard text.holds("Secret", at: place), text.endOfSecretWord(at: place) != nil, text.isKind(before: place) else {
        continue
      }
      if text.isTypeMeta(around: place) { return true }
      let window = isWhole ? text : text.extracting(max(0, place - reach)..<min(place + 6 + reach, text.byteCount))
      let shows = isWhole ? showsMembers ?? window.showsMembers : window.showsMembers
      if shows { return true }
      showsMembers = false
    }
    return false
  }
}

extension RawSpan {
  // MARK: The word

  /// Where the word `Secret`, or `SecretList`, ends that begins at `offset`, some letters of which may be escapes of JSON.
  fileprivate func endOfSecretWord(at offset: Int) -> Int? {
    var end = offset
    for letter in "Secret".utf8 {
      if peek(at: end) == letter {
        end += 1
      } else if let escape = escapedLetter(at: end), escape.letter == letter {
        end = escape.end
      } else {
        return nil
      }
    }
    // In CBOR, the length of what follows looks like a letter.
    if offset >= 5, byte(at: offset - 1) & 0xDF == 0x46, holds("kind", at: offset - 5) { return end }
    if let next = peek(at: end), next.isLetter || next.isDigit { return holds("List", at: end) ? end : nil }
    return end
  }

  /// The ASCII that an escape at `offset` stands for in a string of JSON, `\u0053` for instance, and where it ends. In a string
  /// inside another the backslash is doubled.
  fileprivate func escapedLetter(at offset: Int) -> (letter: UInt8, end: Int)? {
    var start = offset
    while start < offset + 4, peek(at: start) == UInt8(ascii: "\\") { start += 1 }
    guard start > offset, holds("u00", at: start), let high = peek(at: start + 3)?.hexValue,
      let low = peek(at: start + 4)?.hexValue
    else { return nil }
    return (high << 4 | low, start + 5)
  }

  /// Whether an escape of a letter stands among the bytes before `offset`.
  fileprivate func hasEscape(before offset: Int) -> Bool {
    for start in max(0, offset - 32)..<offset where escapedLetter(at: start) != nil { return true }
    return false
  }

  /// Whether the kind stands before `offset` as encoders of JSON write it.
  fileprivate func isJSONKind(before offset: Int) -> Bool {
    holds("\"kind\":\"", at: offset - 8) || holds("\"kind\": \"", at: offset - 9)
  }

  /// Whether version and kind lie around the kind at `offset` as fields of a typeMeta in protobuf.
  fileprivate func isTypeMeta(around offset: Int) -> Bool {
    guard holds("\u{12}\u{6}", at: offset - 2) else { return false }
    return holds("\u{A}\u{2}v1", at: offset - 6) || holds("\u{A}\u{2}v1", at: offset + 6)
  }

  // MARK: The other members

  /// Whether the version of a Secret, or its data, lie in these bytes. O(n).
  fileprivate var showsMembers: Bool { holdsVersion || holdsData }

  /// Whether a member `apiVersion` of `v1` lies in these bytes, or the version in a typeMeta.
  fileprivate var holdsVersion: Bool {
    var start = 0
    while let offset = offset(of: UInt8(ascii: "V"), from: start) {
      start = offset + 1
      guard holds("apiVersion", at: offset - 3) else { continue }
      var value = offset + 7
      let last = value + 16
      while value < last, let byte = peek(at: value), byte.isSeparator || byte & 0xDF == 0x42 { value += 1 }
      guard holds("v1", at: value) else { continue }
      if byte(at: value - 1) & 0xDF == 0x42 { return true }
      guard let next = peek(at: value + 2), next.isLetter || next.isDigit || next == UInt8(ascii: "/") else {
        return true
      }
    }
    return false
  }

  /// Whether a member `data` or `stringData` lies in these bytes.
  fileprivate var holdsData: Bool {
    var start = 0
    while let offset = offset(of: UInt8(ascii: "a"), from: start) {
      start = offset + 1
      guard holds("ata", at: offset), offset >= 1 else { continue }
      // What stands before the name may end with a letter: the key of a row, a length in CBOR, an escape.
      let isData = byte(at: offset - 1) == UInt8(ascii: "d") && !holds("meta", at: offset - 5)
      guard isData || holds("stringD", at: offset - 7) else { continue }
      var next = offset + 3
      let last = next + 16
      var hasColon = false
      while next < last, let byte = peek(at: next), byte.isSeparator {
        hasColon = hasColon || byte == UInt8(ascii: ":")
        next += 1
      }
      if hasColon || peek(at: next).map({ $0 >> 5 == 5 }) ?? false { return true }
    }
    return false
  }

  // MARK: Digits

  /// Where the digits of `word` end that begin at `offset`; ends of lines may stand between them.
  fileprivate func end(ofDigits word: StaticString, at offset: Int) -> Int? {
    var end = offset
    for index in 0..<word.utf8CodeUnitCount {
      while index > 0, let byte = peek(at: end), byte == 0x0A || byte == 0x0D { end += 1 }
      // Sound: a static string literal owns `utf8CodeUnitCount` bytes for the life of the process.
      guard unsafe peek(at: end) == word.utf8Start[index] else { return nil }
      end += 1
    }
    return end
  }

  /// The digits from `offset` on, `limit` at most; ends of lines are passed over.
  fileprivate func digits(from offset: Int, _ limit: Int, where isDigit: (UInt8) -> Bool) -> [UInt8] {
    var digits: [UInt8] = []
    var next = offset
    while digits.count < limit, let byte = peek(at: next), isDigit(byte) || byte == 0x0A || byte == 0x0D {
      if byte != 0x0A, byte != 0x0D { digits.append(byte) }
      next += 1
    }
    return digits
  }

  /// The digits that end before `offset`, `limit` at most.
  fileprivate func digits(before offset: Int, _ limit: Int, where isDigit: (UInt8) -> Bool) -> [UInt8] {
    var digits: [UInt8] = []
    var next = offset - 1
    while digits.count < limit, next >= 0, isDigit(byte(at: next)) || byte(at: next) == 0x0A || byte(at: next) == 0x0D {
      if byte(at: next) != 0x0A, byte(at: next) != 0x0D { digits.append(byte(at: next)) }
      next -= 1
    }
    return digits.reversed()
  }

  /// Hands these bytes to `body`, with the ASCII that escapes of JSON stand for.
  fileprivate func withoutEscapes(_ body: (RawSpan) -> Bool) -> Bool {
    var text: [UInt8] = []
    text.reserveCapacity(byteCount)
    var offset = 0
    while offset < byteCount {
      if let escape = escapedLetter(at: offset) {
        text.append(escape.letter)
        offset = escape.end
      } else {
        text.append(byte(at: offset))
        offset += 1
      }
    }
    let found = body(text.rawSpan)
    // Sound: the buffer is the array's own.
    unsafe text.withUnsafeMutableBytes { unsafe wipe($0) }
    return found
  }

  // MARK: Signs

  /// Whether the word `Secret` stands in these bytes. O(n), many bytes at a time.
  var holdsSecretWord: Bool {
    var start = 0
    while let offset = TraceSigns.word.firstOffset(in: self, from: start, before: byteCount - 1) {
      if holds("Secret", at: offset) { return true }
      start = offset + 1
    }
    return false
  }
}

extension UInt8 {
  /// What may stand between the name of a member and its value.
  fileprivate var isSeparator: Bool {
    self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0D || self == UInt8(ascii: "\"")
      || self == UInt8(ascii: "'") || self == UInt8(ascii: "\\") || self == UInt8(ascii: ":")
  }

  /// A digit of base64 in either alphabet (RFC 4648 §4, §5).
  fileprivate var isAnyBase64Digit: Bool {
    isBase64Digit || self == UInt8(ascii: "-") || self == UInt8(ascii: "_")
  }

  /// The digit of the standard alphabet that stands for what this one does.
  fileprivate var inStandardBase64: UInt8 {
    self == UInt8(ascii: "-") ? UInt8(ascii: "+") : self == UInt8(ascii: "_") ? UInt8(ascii: "/") : self
  }
}
