import ByteViews

extension RawSpan {
  /// Hands the object that begins here to `body`, without what it is wrapped in: a byte-order mark, UTF-16 (of ASCII, in
  /// either byte order) or base64. No API server writes any of these, but whoever can read the value can read the object.
  ///
  /// What is unwrapped lies in a temporary buffer that is wiped when `body` returns. O(length).
  func withUnwrapped<Result>(_ body: (RawSpan) -> Result) -> Result {
    let text = extracting(byteOrderMarkBytes..<byteCount)
    if text.isWideText { return text.withNarrowed { $0.hasBase64Object ? $0.withBase64Decoded(body) : body($0) } }
    if text.hasBase64Object { return text.withBase64Decoded(body) }
    return body(text)
  }

  /// How many bytes the byte-order mark of UTF-8 or UTF-16 takes that these bytes begin with; 0 without one.
  var byteOrderMarkBytes: Int {
    if holds("\u{FEFF}", at: 0) { return 3 }
    guard let first = peek(at: 0), let second = peek(at: 1) else { return 0 }
    return first == 0xFF && second == 0xFE || first == 0xFE && second == 0xFF ? 2 : 0
  }

  private var hasBase64Object: Bool { hasBase64JSON(at: 0) || hasBase64YAML(at: 0) }

  /// Whether the first four bytes are two characters of ASCII in UTF-16.
  private var isWideText: Bool {
    guard byteCount >= 4 else { return false }
    let zeros = (byte(at: 0) == 0, byte(at: 1) == 0, byte(at: 2) == 0, byte(at: 3) == 0)
    return zeros == (false, true, false, true) || zeros == (true, false, true, false)
  }

  /// Hands these bytes to `body`, without those that are zero.
  private func withNarrowed<Result>(_ body: (RawSpan) -> Result) -> Result {
    unsafe withUnsafeTemporaryAllocation(byteCount: Swift.max(byteCount, 1), alignment: 1) { buffer in
      // Sound: no more bytes are written than there are, and none is read that was not written.
      defer { unsafe wipe(buffer) }
      var count = 0
      for offset in 0..<byteCount where byte(at: offset) != 0 {
        unsafe buffer[count] = byte(at: offset)
        count += 1
      }
      return unsafe body(RawSpan(_unsafeBytes: UnsafeRawBufferPointer(rebasing: buffer[..<count])))
    }
  }
}
