import ByteViews

/// What an entry of an object's data holds, as an API server reads it.
struct DataContent {
  /// Its length, base64 taken off.
  let byteCount: Int
  private let string: DataString
  private let isBase64: Bool

  /// Bytes that are handed on at once, where they don't stand in the text as they are.
  private static let pieceBytes = 1024

  /// What `string` holds; nil where an API server can't read it. O(length).
  ///
  /// - Parameter isEncoded: whether the member holds bytes, which JSON and YAML write as base64, and CBOR where no tag says
  ///   otherwise (`CBORString.decodedCount`).
  init?(_ string: DataString, isEncoded: Bool, in text: RawSpan) {
    let isBase64: Bool
    switch string {
    case .bytes: isBase64 = false
    case .json, .yaml: isBase64 = isEncoded
    case .cbor(let string):
      guard isEncoded || !string.expectsLaterEncoding else { return nil }
      isBase64 = isEncoded && (string.isText || !string.expectsLaterEncoding)
    }
    (self.string, self.isBase64) = (string, isBase64)
    if !isBase64, let place = string.place {
      byteCount = place.count
      return
    }
    var count = 0
    var digits = Base64Count()
    let isWhole = string.forEachByte(in: text) { byte in
      count += 1
      if isBase64 { digits.append(byte) }
    }
    guard isWhole, !isBase64 || digits.isWellFormed else { return nil }
    byteCount = isBase64 ? digits.decoded : count
  }

  /// Hands the bytes on, piece by piece, in a buffer that is wiped where they had to be decoded. O(length).
  func forEachPiece(in text: RawSpan, _ take: (RawSpan) -> Void) {
    if !isBase64, let place = string.place { return take(text.extracting(place)) }
    unsafe withUnsafeTemporaryAllocation(byteCount: Self.pieceBytes, alignment: 1) { buffer in
      // Sound: no more bytes are written than there is room for, and none is read that was not written.
      defer { unsafe wipe(buffer) }
      var count = 0
      var decoder = Base64RunDecoder()
      _ = string.forEachByte(in: text) { byte in
        var byte = byte
        if isBase64 {
          guard case .byte(let decoded) = decoder.append(byte) else { return }
          byte = decoded
        }
        unsafe buffer[count] = byte
        count += 1
        guard count == Self.pieceBytes else { return }
        unsafe take(RawSpan(_unsafeBytes: UnsafeRawBufferPointer(buffer)))
        count = 0
      }
      if count > 0 { unsafe take(RawSpan(_unsafeBytes: UnsafeRawBufferPointer(rebasing: buffer[..<count]))) }
    }
  }
}
