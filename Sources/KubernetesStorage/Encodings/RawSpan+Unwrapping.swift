import ByteViews

/// In what an object in the clear is wrapped that whoever has the value can read, though no API server writes it so.
enum TextWrapping: Hashable, Sendable {
  /// UTF-16 or UTF-32.
  case wide(WideText)
  /// Two digits for each byte, behind `0x` or `\x` perhaps, as databases and dumps print it.
  case hexadecimal
  /// Base64 of anything but protobuf, of which ``Encoding/base64Protobuf`` is an encoding of its own.
  case base64
  /// gzip, zlib or zstd.
  case compressed
}

extension RawSpan {
  /// So many wrappings in one another are taken off.
  private static var deepestWrapping: Int { 3 }

  /// Hands the object that begins here to `body`, without what it is wrapped in: a byte-order mark, UTF-16, UTF-32,
  /// hexadecimal digits, base64 or compression, and one of them in another. No API server writes any of these, but whoever can
  /// read the value can read the object.
  ///
  /// What is unwrapped lies in a temporary buffer that is wiped when `body` returns. O(length): no more is unfolded than
  /// ``CompressedStream/workLimit(forBytes:)`` allows.
  func withUnwrapped<Result>(_ body: (RawSpan) -> Result) -> Result {
    var examined = 0
    return withUnwrapped(&examined, body)
  }

  /// As ``withUnwrapped(_:)``.
  ///
  /// - Parameter examined: grows by the bytes that had to be read or unfolded.
  func withUnwrapped<Result>(_ examined: inout Int, _ body: (RawSpan) -> Result) -> Result {
    let limit = examined + CompressedStream.workLimit(forBytes: byteCount)
    return withUnwrapped(Self.deepestWrapping, limit, &examined, body)
  }

  /// As ``withUnwrapped(_:)``, of what is compressed; nil where it is not.
  ///
  /// - Parameters:
  ///   - limit: no more is unfolded when `examined` has come so far.
  ///   - examined: grows by the bytes that had to be read or unfolded.
  func withUnfolded<Result>(
    atMost limit: Int, _ examined: inout Int, _ body: (RawSpan) -> Result
  ) -> Result? {
    withUnfolded(Self.deepestWrapping - 1, limit, &examined, body)
  }

  private func withUnwrapped<Result>(
    _ layers: Int, _ limit: Int, _ examined: inout Int, _ body: (RawSpan) -> Result
  ) -> Result {
    let text = extracting(byteOrderMarkBytes..<byteCount)
    switch text.wrapping(layers) {
    case .wide(let form): return text.withNarrowed(form) { $0.withUnwrapped(layers - 1, limit, &examined, body) }
    case .hexadecimal: return text.withHexDecoded { $0.withUnwrapped(layers - 1, limit, &examined, body) }
    case .base64:
      return text.afterSpace.withBase64Decoded { $0.withUnwrapped(layers - 1, limit, &examined, body) }
    case .compressed: return text.withUnfolded(layers - 1, limit, &examined, body) ?? body(text)
    case nil: return body(text)
    }
  }

  private func withUnfolded<Result>(
    _ layers: Int, _ limit: Int, _ examined: inout Int, _ body: (RawSpan) -> Result
  ) -> Result? {
    guard examined < limit,
      var unfolding = Unfolding(self, at: 0, atMost: limit - examined, examined: &examined)
    else { return nil }
    defer { unfolding.wipe() }
    let bytes = unfolding.bytes.rawSpan
    return bytes.fromObject(layers).withUnwrapped(layers, limit, &examined, body)
  }

  /// These bytes, which were unfolded, from where an object begins: it may lie behind others.
  @_lifetime(copy self)
  private func fromObject(_ layers: Int) -> RawSpan {
    guard Encoding(of: self) == nil, wrapping(layers) == nil,
      let marker = ObjectMarker(in: self, from: 0..<byteCount)
    else { return self }
    return extracting(marker.offset..<byteCount)
  }

  /// How many bytes the byte-order mark of UTF-8, UTF-16 or UTF-32 takes that these bytes begin with; 0 without one.
  var byteOrderMarkBytes: Int {
    guard let first = peek(at: 0), first >= 0xEF || first == 0 else { return 0 }
    if holds("\u{FEFF}", at: 0) { return 3 }
    if byteCount >= 4 {
      let word = paddedWord(at: 0) & 0xFFFF_FFFF
      if word == 0x0000_FEFF || word == 0xFFFE_0000 { return 4 }
    }
    guard let second = peek(at: 1) else { return 0 }
    return first == 0xFF && second == 0xFE || first == 0xFE && second == 0xFF ? 2 : 0
  }

  /// What the object that begins here seems to be wrapped in; nil when it is not. A few dozen bytes are looked at.
  var wrapping: TextWrapping? { wrapping(Self.deepestWrapping) }

  private func wrapping(_ layers: Int) -> TextWrapping? {
    guard layers > 0, byteCount >= 4 else { return nil }
    if let form = WideText(beginning: self) { return .wide(form) }
    if beginsLikeCompressed { return .compressed }
    // Of sixteen digits, the first are decoded and looked at.
    let text = afterSpace
    if text.afterHexMark.hasDigits(16, where: \.isHexDigit) {
      let isObject = text.afterHexMark.extracting(first: 64).withHexDecoded { $0.beginsLikeObject(layers - 1) }
      if isObject { return .hexadecimal }
    }
    guard text.hasDigits(12, where: \.isBase64Digit), !text.holds("azhzA", at: 0) else { return nil }
    return text.extracting(first: 64).withBase64Decoded { $0.beginsLikeObject(layers - 1) } ? .base64 : nil
  }

  /// Whether an object in the clear, or one that is wrapped, may begin here: whether one does, the rest tells.
  private func beginsLikeObject(_ layers: Int) -> Bool {
    let text = extracting(byteOrderMarkBytes..<byteCount)
    guard let first = text.peek(at: 0) else { return false }
    if text.holds("k8s", at: 0) || first == 0xD9 && text.peek(at: 1) == 0xD9 || text.holds("azhzA", at: 0) {
      return true
    }
    if text.beginsLikeJSON, text.peek(at: text.skippingSpace(from: text.skippingSpace(from: 0) + 1)) == 0x22 {
      return true
    }
    // A directive, a comment, the marker of a document, a quoted key.
    if [UInt8(ascii: "%"), UInt8(ascii: "#"), UInt8(ascii: "-"), 0x22, 0x27].contains(first) { return true }
    var letters = 0
    while text.peek(at: letters)?.isLetter == true { letters += 1 }
    return letters > 0 && text.peek(at: letters) == UInt8(ascii: ":") || text.wrapping(layers) != nil
  }

  /// How many of these bytes, which begin with what is wrapped like that, may belong to it. O(length).
  func bytes(of wrapping: TextWrapping) -> Int {
    switch wrapping {
    case .wide(let form): form.bytes(in: self)
    case .hexadecimal:
      digits { $0.isHexDigit || $0 == UInt8(ascii: "x") || $0 == UInt8(ascii: "\\") || $0.isWhiteSpace }
    case .base64: digits { $0.isBase64Digit || $0 == UInt8(ascii: "=") || $0.isWhiteSpace }
    case .compressed: byteCount
    }
  }

  /// Whether gzip, zlib or zstd seem to begin here. The two bytes of zlib's head may be chance, unlike what they unfold to.
  private var beginsLikeCompressed: Bool {
    guard let format = PackedHead.format(of: self, at: 0) else { return false }
    if format != .zlib { return true }
    if peek(at: 0) == 0x78, byteCount <= 64 { return true }
    var examined = 0
    guard var unfolding = Unfolding(self, at: 0, atMost: 1024, examined: &examined) else { return false }
    defer { unfolding.wipe() }
    return unfolding.bytes.count >= 16
  }

  private func digits(where isDigit: (UInt8) -> Bool) -> Int {
    var count = 0
    while let byte = peek(at: count), isDigit(byte) { count += 1 }
    return count
  }

  private func hasDigits(_ count: Int, where isDigit: (UInt8) -> Bool) -> Bool {
    guard byteCount >= count else { return false }
    for offset in 0..<count where !isDigit(byte(at: offset)) { return false }
    return true
  }

  private var afterSpace: RawSpan {
    @_lifetime(copy self)
    get { extracting(skippingSpace(from: 0)..<byteCount) }
  }

  private var afterHexMark: RawSpan {
    @_lifetime(copy self)
    get { extracting((holds("0x", at: 0) || holds("\\x", at: 0) ? 2 : 0)..<byteCount) }
  }

  /// Hands what the hexadecimal digits that these bytes begin with stand for to `body`; white space between them, as `xxd -p`
  /// writes it, is passed over.
  func withHexDecoded<Result>(_ body: (RawSpan) -> Result) -> Result {
    let text = afterSpace.afterHexMark
    return unsafe withUnsafeTemporaryAllocation(byteCount: text.byteCount / 2 + 1, alignment: 1) { buffer in
      // Sound: two digits give one byte, and none is read that was not written.
      defer { unsafe wipe(buffer) }
      var count = 0
      var high: UInt8?
      var offset = 0
      while let byte = text.peek(at: offset), byte.isHexDigit || byte.isWhiteSpace {
        offset += 1
        guard let digit = byte.hexValue else { continue }
        if let first = high {
          unsafe buffer[count] = first << 4 | digit
          count += 1
          high = nil
        } else {
          high = digit
        }
      }
      return unsafe body(RawSpan(_unsafeBytes: UnsafeRawBufferPointer(rebasing: buffer[..<count])))
    }
  }

  /// Hands this text in UTF-8 to `body`, as far as it is text.
  private func withNarrowed<Result>(_ form: WideText, _ body: (RawSpan) -> Result) -> Result {
    // A unit of two bytes takes three at most.
    unsafe withUnsafeTemporaryAllocation(byteCount: byteCount / 2 * 3 + 3, alignment: 1) { buffer in
      // Sound: no more bytes are written than there is room for, and none is read that was not written.
      defer { unsafe wipe(buffer) }
      var count = 0
      var offset = 0
      while let scalar = form.scalar(in: self, at: &offset) {
        for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
          unsafe buffer[count] = byte
          count += 1
        }
      }
      return unsafe body(RawSpan(_unsafeBytes: UnsafeRawBufferPointer(rebasing: buffer[..<count])))
    }
  }
}

extension UInt8 {
  fileprivate var isWhiteSpace: Bool { self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 }
}
