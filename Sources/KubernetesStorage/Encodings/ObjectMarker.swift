import ByteViews

/// A place where a Kubernetes object in the clear gives itself away.
///
/// Every marker is at least 54 bits of determined bytes, so that random bytes, searched at the first hundred offsets and
/// wherever they happen to look like text, match less than once in 10¹³ values.
struct ObjectMarker {
  /// How the object is written.
  let encoding: Encoding
  /// Where it begins. Of YAML, where its first known line does.
  let offset: Int

  /// How far behind the brace of an object the member may be that tells it from other JSON.
  fileprivate static let memberReach = 256

  /// How many offsets are ruled out at once.
  fileprivate static let blockBytes = 32

  /// The first object that begins at an offset in `range`; more of it may lie beyond. O(length of `range`).
  init?(in value: RawSpan, from range: Range<Int>) {
    var brace: Int?
    var offset = value.skippingToMarker(from: range.lowerBound, before: range.upperBound)
    var end = range.upperBound
    var blockEnd = offset + Self.blockBytes
    while offset < end {
      if offset == blockEnd {
        offset = value.skippingToMarker(from: offset, before: end)
        blockEnd = offset + Self.blockBytes
        continue
      }
      defer { offset += 1 }
      switch value.byte(at: offset) {
      case UInt8(ascii: "{")
      where brace == nil && (value.hasObjectStart(at: offset) || value.hasWideObjectStart(at: offset)):
        brace = offset
        end = max(end, min(offset + Self.memberReach, value.byteCount))
      case UInt8(ascii: "\"") where value.hasObjectMember(at: offset):
        self.init(encoding: .json, offset: brace ?? offset)
        return
      case UInt8(ascii: "k") where value.hasProtobufEnvelope(at: offset):
        self.init(encoding: .protobuf, offset: offset)
        return
      case 0xD9 where value.hasCBORMap(at: offset) && value.hasCBORMember(from: offset + 4):
        self.init(encoding: .cbor, offset: offset)
        return
      case UInt8(ascii: "\"") where value.hasWideObjectMember(at: offset):
        self.init(encoding: .json, offset: brace ?? offset)
        return
      case UInt8(ascii: "e") where value.hasBase64JSON(at: offset):
        self.init(encoding: .json, offset: offset)
        return
      case UInt8(ascii: "6"), UInt8(ascii: "7"), UInt8(ascii: "d"), UInt8(ascii: "D"):
        guard let encoding = value.hexObjectEncoding(at: offset) else { break }
        self.init(encoding: encoding, offset: offset)
        return
      case UInt8(ascii: "a") where value.hasBase64Envelope(at: offset) && value.hasBase64Digits(8, at: offset + 7):
        self.init(encoding: .base64Protobuf, offset: offset)
        return
      case UInt8(ascii: "a") where value.holds("apiVersion: ", at: offset) || value.hasBase64YAML(at: offset),
        UInt8(ascii: "Y") where value.hasBase64YAML(at: offset),
        UInt8(ascii: "k") where value.hasYAMLKind(at: offset),
        UInt8(ascii: "a") where value.hasWideYAML(at: offset), UInt8(ascii: "k") where value.hasWideYAML(at: offset):
        self.init(encoding: .yaml, offset: offset)
        return
      default:
        break
      }
    }
    return nil
  }

  /// The object that all of `value` from `start` on is, wrapped in UTF-16 for instance; nil when it is none. O(length).
  init?(wrappedIn value: RawSpan, from start: Int) {
    let marked = value.extracting(start..<value.byteCount)
    let text = marked.extracting(marked.byteOrderMarkBytes..<marked.byteCount)
    guard text.wrapping != nil, let encoding = text.withUnwrapped({ Encoding(wrapped: $0) }) else { return nil }
    self.init(encoding: encoding, offset: start)
  }

  /// The object that what is compressed in `value` from `start` on unfolds to; nil when it is none.
  init?(compressedIn value: RawSpan, from start: Int, _ examined: inout Int) {
    let packed = value.extracting(start..<value.byteCount)
    let limit = examined + CompressedStream.workLimit(forBytes: packed.byteCount)
    guard let encoding = packed.withUnfolded(atMost: limit, &examined, { Encoding(wrapped: $0) }) ?? nil else {
      return nil
    }
    self.init(encoding: encoding, offset: start)
  }

  /// An object of this encoding that begins at `offset`.
  init(encoding: Encoding, offset: Int) {
    self.encoding = encoding
    self.offset = offset
  }
}

extension RawSpan {
  /// A brace and the quote of a first member's name.
  fileprivate func hasObjectStart(at offset: Int) -> Bool {
    peek(at: skippingSpace(from: offset + 1)) == UInt8(ascii: "\"")
  }

  /// `k8s\0`, then a field of `runtime.Unknown`: typeMeta 1, and in it the text of apiVersion or kind; or, since a reader
  /// takes the fields in any order, raw 2, and in it a field below 16; or contentEncoding 3 or contentType 4, and behind it
  /// another one (apimachinery pkg/runtime/generated.proto).
  func hasProtobufEnvelope(at offset: Int) -> Bool {
    guard holds("k8s\u{0}", at: offset), let tag = shortVarint(at: offset + 4), let length = shortVarint(at: tag.end)
    else { return false }
    switch tag.value {
    case 0x0A: return length.value < 0x80 && holdsTypeText(at: length.end, length: length.value)
    case 0x12:
      guard let inner = shortVarint(at: length.end) else { return false }
      return inner.value < 0x80 && inner.value & 0x07 == 0x02
    case 0x1A, 0x22:
      guard length.value < 0x80, let following = shortVarint(at: length.end + length.value)?.value else { return false }
      return following != tag.value
        && (following == 0x0A || following == 0x12 || following == 0x1A || following == 0x22)
    default: return false
    }
  }

  /// The varint at `offset`, of up to five bytes; it may have more than it needs (protobuf.dev, "Encoding").
  private func shortVarint(at offset: Int) -> (value: Int, end: Int)? {
    var value = 0
    for index in 0..<5 {
      guard let byte = peek(at: offset + index) else { return nil }
      value |= Int(byte & 0x7F) << (7 * index)
      if byte < 0x80 { return (value, offset + index + 1) }
    }
    return nil
  }

  /// Whether a typeMeta of `length` bytes that begins at `offset` begins with the text of apiVersion or kind.
  private func holdsTypeText(at offset: Int, length: Int) -> Bool {
    guard length > 0 else { return peek(at: offset) == 0x12 }
    guard let tag = shortVarint(at: offset), tag.value == 0x0A || tag.value == 0x12 else { return false }
    // What is cut off counts as text.
    guard let text = shortVarint(at: tag.end), text.end - offset + text.value <= length else {
      return tag.end >= byteCount
    }
    return extracting(text.end..<max(text.end, min(text.end + text.value, byteCount))).isPrintable
  }

  private var isPrintable: Bool {
    for offset in 0..<byteCount where !byte(at: offset).isPrintable { return false }
    return true
  }

  /// A member that only Kubernetes objects have: `"apiVersion": "v`, `"kind": "S`, `"metadata": {"name`.
  func hasObjectMember(at offset: Int) -> Bool {
    if let value = startOfString(ofMember: "\"apiVersion\"", at: offset) {
      guard let first = peek(at: value) else { return false }
      return first.isLetter || first.isDigit
    }
    if let value = startOfString(ofMember: "\"kind\"", at: offset) {
      return peek(at: value)?.isUppercaseLetter ?? false
    }
    guard let brace = startOfValue(ofMember: "\"metadata\"", at: offset), peek(at: brace) == UInt8(ascii: "{") else {
      return false
    }
    let member = skippingSpace(from: brace + 1)
    return holds("\"name", at: member) || holds("\"annotations\"", at: member)
      || holds("\"creationTimestamp\"", at: member) || holds("\"generateName\"", at: member)
      || holds("\"labels\"", at: member) || holds("\"uid\"", at: member)
  }

  private func startOfValue(ofMember name: StaticString, at offset: Int) -> Int? {
    guard holds(name, at: offset) else { return nil }
    let colon = skippingSpace(from: offset + name.utf8CodeUnitCount)
    return peek(at: colon) == UInt8(ascii: ":") ? skippingSpace(from: colon + 1) : nil
  }

  private func startOfString(ofMember name: StaticString, at offset: Int) -> Int? {
    let quote = startOfValue(ofMember: name, at: offset)
    return quote.flatMap { peek(at: $0) == UInt8(ascii: "\"") ? $0 + 1 : nil }
  }

  /// Tag 55799 (RFC 8949 §3.4.6) and a map whose first key is a byte or text string of 4 … 23 letters. Encoders sort
  /// the shortest keys first, and every object has a `kind`.
  func hasCBORMap(at offset: Int) -> Bool {
    guard peek(at: offset + 1) == 0xD9, peek(at: offset + 2) == 0xF7, let map = peek(at: offset + 3) else {
      return false
    }
    var keyHead: Int
    switch map {
    case 0xA1...0xB7, 0xBF: keyHead = offset + 4
    case 0xB8: keyHead = offset + 5
    case 0xB9: keyHead = offset + 6
    default: return false
    }
    // A string of indefinite length has its letters in chunks (RFC 8949 §3.2.3).
    if peek(at: keyHead) == 0x5F || peek(at: keyHead) == 0x7F { keyHead += 1 }
    guard let head = peek(at: keyHead), head >> 5 == 2 || head >> 5 == 3 else { return false }
    let count = Int(head & 0x1F)
    guard (4...23).contains(count), count < byteCount - keyHead else { return false }
    for index in 1...count where !byte(at: keyHead + index).isLetter { return false }
    return true
  }

  /// Whether the name of a member that objects have begins within ``ObjectMarker/memberReach`` bytes, behind the head of a
  /// byte or text string of its length.
  fileprivate func hasCBORMember(from start: Int) -> Bool {
    for offset in start..<max(start, min(start + ObjectMarker.memberReach, byteCount)) {
      switch peek(at: offset) {
      case 0x44, 0x64:
        if holds("kind", at: offset + 1) || holds("data", at: offset + 1) || holds("spec", at: offset + 1) {
          return true
        }
      case 0x48, 0x68: if holds("metadata", at: offset + 1) { return true }
      case 0x4A, 0x6A: if holds("apiVersion", at: offset + 1) { return true }
      default: break
      }
    }
    return false
  }

  /// A brace and the quote of a first member's name in UTF-16, with white space between them.
  fileprivate func hasWideObjectStart(at offset: Int) -> Bool {
    var next = offset + 2
    while peek(at: next - 1) == 0, let byte = peek(at: next), byte == 0x20 || byte == 0x0A || byte == 0x0D { next += 2 }
    return peek(at: next - 1) == 0 && peek(at: next) == UInt8(ascii: "\"")
  }

  /// The same members in UTF-16, of either byte order: a zero byte between two of ASCII.
  fileprivate func hasWideObjectMember(at offset: Int) -> Bool {
    holds("\"\u{0}k\u{0}i\u{0}n\u{0}d\u{0}\"", at: offset)
      || holds("\"\u{0}a\u{0}p\u{0}i\u{0}V\u{0}e\u{0}r\u{0}s\u{0}i\u{0}o\u{0}n\u{0}\"", at: offset)
      || holds("\"\u{0}m\u{0}e\u{0}t\u{0}a\u{0}d\u{0}a\u{0}t\u{0}a\u{0}\"", at: offset)
  }

  /// `apiVersion: ` or `kind: ` in UTF-16 of either byte order.
  fileprivate func hasWideYAML(at offset: Int) -> Bool {
    holds("a\u{0}p\u{0}i\u{0}V\u{0}e\u{0}r\u{0}s\u{0}i\u{0}o\u{0}n\u{0}:\u{0} ", at: offset)
      || holds("k\u{0}i\u{0}n\u{0}d\u{0}:\u{0} ", at: offset)
  }

  /// Whether an object in JSON that is wrapped seems to begin at `offset`, or one in hexadecimal digits. O(1).
  func hasWrappedObject(at offset: Int) -> Bool {
    hasWideJSON(at: offset) || hasBase64JSON(at: offset) || hexObjectEncoding(at: offset) != nil
  }

  /// A brace and a member that objects have in UTF-16, of either byte order.
  private func hasWideJSON(at offset: Int) -> Bool {
    guard peek(at: offset) == UInt8(ascii: "{"), hasWideObjectStart(at: offset) else { return false }
    var member = offset + 2
    while peek(at: member) != 0x22 { member += 2 }
    return hasWideObjectMember(at: member)
  }

  /// How the object is written whose hexadecimal digits begin at `offset`; nil when none does. O(1).
  fileprivate func hexObjectEncoding(at offset: Int) -> Encoding? {
    if holdsHex("{", at: offset) {
      var member = offset + 2
      while holdsHex(" ", at: member) || holdsHex("\n", at: member) || holdsHex("\r", at: member) {
        guard member < offset + 32 else { return nil }
        member += 2
      }
      let isMember =
        holdsHex("\"kind\"", at: member) || holdsHex("\"apiVersion\"", at: member)
        || holdsHex("\"metadata\"", at: member) || holdsHex("\"data\"", at: member)
      return isMember ? .json : nil
    }
    if holdsHex("k8s\u{0}\n", at: offset) { return hasHexDigits(16, at: offset) ? .protobuf : nil }
    if holdsHex("apiVersion: ", at: offset) || holdsHex("kind: ", at: offset) && hasHexDigits(16, at: offset) {
      return .yaml
    }
    let hasTag = holds("d9d9f7", at: offset) || holds("D9D9F7", at: offset)
    return hasTag && hasHexDigits(24, at: offset) ? .cbor : nil
  }

  private func hasHexDigits(_ count: Int, at offset: Int) -> Bool {
    guard count <= byteCount - offset else { return false }
    for index in offset..<offset + count where !byte(at: index).isHexDigit { return false }
    return true
  }

  /// Whether the hexadecimal digits of `text`, which is ASCII, stand at `offset`.
  private func holdsHex(_ text: StaticString, at offset: Int) -> Bool {
    guard 2 * text.utf8CodeUnitCount <= byteCount - offset else { return false }
    return text.withUTF8Buffer { letters in
      for (index, letter) in unsafe letters.enumerated() {
        guard byte(at: offset + 2 * index).hexValue == letter >> 4,
          byte(at: offset + 2 * index + 1).hexValue == letter & 15
        else { return false }
      }
      return true
    }
  }

  /// Base64 of a JSON object whose first member is kind, apiVersion, metadata or data, with no white space before it or as pretty
  /// printers put it there. What follows the last full digit is left out.
  func hasBase64JSON(at offset: Int) -> Bool {
    guard peek(at: offset + 1) == UInt8(ascii: "y") || peek(at: offset + 1) == UInt8(ascii: "w") else { return false }
    return holds("eyJraW5kI", at: offset) || holds("eyJhcGlWZXJzaW9uI", at: offset)
      || holds("eyJkYXRhI", at: offset) || holds("eyJtZXRhZGF0YSI", at: offset) || holds("ewogICJraW5kI", at: offset)
      || holds("ewogICJhcGlWZXJzaW9uI", at: offset) || holds("ewogICAgImtpbmQi", at: offset)
      || holds("ewogICAgImFwaVZlcnNpb24i", at: offset)
  }

  /// Base64 of `apiVersion: ` or `kind: `, with which a YAML object begins.
  func hasBase64YAML(at offset: Int) -> Bool {
    holds("YXBpVmVyc2lvbjog", at: offset) || holds("a2luZDog", at: offset) && hasBase64Digits(4, at: offset + 8)
  }

  /// Whether `count` digits of base64 stand at `offset`.
  fileprivate func hasBase64Digits(_ count: Int, at offset: Int) -> Bool {
    guard count <= byteCount - offset else { return false }
    for index in offset..<offset + count where !byte(at: index).isBase64Digit { return false }
    return true
  }

  /// Base64 of `k8s\0\n`; the last digit holds two bits of the byte after it.
  func hasBase64Envelope(at offset: Int) -> Bool {
    guard holds("azhzAA", at: offset), let last = peek(at: offset + 6) else { return false }
    return (UInt8(ascii: "o")...UInt8(ascii: "r")).contains(last)
  }

  fileprivate func hasYAMLKind(at offset: Int) -> Bool {
    guard holds("kind: ", at: offset), let first = peek(at: offset + 6) else { return false }
    return first.isUppercaseLetter && peek(at: offset + 7)?.isLetter ?? true
  }

  /// The first offset from `start` on, at a multiple of ``ObjectMarker/blockBytes`` behind it, from which on so many bytes
  /// hold the first two of a marker; `end` when there is none before. Of random blocks, one in fifty holds them.
  fileprivate func skippingToMarker(from start: Int, before end: Int) -> Int {
    let blockBytes = ObjectMarker.blockBytes
    var offset = start
    // Each byte is looked at with the one behind it.
    let last = min(end, byteCount - 1) - blockBytes
    while offset <= last {
      if holdsMarker(at: offset) { return offset }
      offset += blockBytes
    }
    // What is left of a range that is long enough is looked at with bytes from before.
    return offset < end && last >= start && last + blockBytes == end && !holdsMarker(at: last) ? end : min(offset, end)
  }

  /// Whether the first two bytes of a marker stand at one of the ``ObjectMarker/blockBytes`` offsets from `offset` on; one
  /// byte more must lie inside.
  @inline(__always)
  private func holdsMarker(at offset: Int) -> Bool {
    let found = (markerPairs(at: offset) | markerPairs(at: offset + 16)).highBits
    return found.low | found.high != 0
  }

  /// The high bit of each of sixteen bytes from `offset` on that are the first of two with which a marker begins.
  @inline(__always)
  private func markerPairs(at offset: Int) -> SIMD16<UInt8> {
    let first = vector(at: offset)
    let second = vector(at: offset + 1)
    let object = first.asciiMarks(of: "{") & (second.asciiMarks(of: "\"") | second.asciiMarks(below: 0x21))
    let member =
      first.asciiMarks(of: "\"")
      & (second.asciiMarks(of: "a") | second.asciiMarks(of: "k") | second.asciiMarks(of: "m")
        | second.asciiMarks(below: 1))
    let envelopeOrKind = first.asciiMarks(of: "k") & (second.asciiMarks(of: "8") | second.asciiMarks(of: "i"))
    let base64OrVersion =
      first.asciiMarks(of: "a") & (second.asciiMarks(of: "z") | second.asciiMarks(of: "p") | second.asciiMarks(of: "2"))
    let base64 =
      first.asciiMarks(of: "e") & (second.asciiMarks(of: "y") | second.asciiMarks(of: "w"))
      | first.asciiMarks(of: "Y") & second.asciiMarks(of: "X")
    // Digits of `{`, `a` and `k`, and of the tag of CBOR; and letters of YAML in UTF-16.
    let hexadecimal =
      first.asciiMarks(of: "7") & (second.asciiMarks(of: "b") | second.asciiMarks(of: "B"))
      | first.asciiMarks(of: "6")
      & (second.asciiMarks(of: "1") | second.asciiMarks(of: "b") | second.asciiMarks(of: "B"))
      | (first.asciiMarks(of: "d") | first.asciiMarks(of: "D")) & second.asciiMarks(of: "9")
    let wide = (first.asciiMarks(of: "a") | first.asciiMarks(of: "k")) & second.asciiMarks(below: 1)
    let map = ((first ^ SIMD16(repeating: 0xD9)) | (second ^ SIMD16(repeating: 0xD9))).marks(of: 0)
    let text = object | member | envelopeOrKind | base64OrVersion | base64 | hexadecimal | wide
    return text & ~(first | second) | map
  }
}
