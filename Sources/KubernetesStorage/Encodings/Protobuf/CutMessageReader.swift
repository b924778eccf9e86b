import ByteViews

/// Walks the fields of a protobuf message of which the end may be missing: a payload that reaches beyond the bytes is
/// handed out as far as it is there, and is the last one.
struct CutMessageReader: ~Escapable {
  /// A field, and where its payload lies; nil of one that is no length-delimited field.
  struct Field {
    let number: UInt64
    let payload: Range<Int>?
    /// Bytes of the payload, were it whole.
    let byteCount: Int
  }

  private let message: RawSpan
  /// Offset of the next unread byte.
  private(set) var position: Int
  /// Whether a payload reached beyond the end.
  private(set) var isCut = false

  /// A reader of `message` from `position` on.
  @_lifetime(copy message)
  init(_ message: RawSpan, from position: Int = 0) {
    self.message = message
    self.position = position
  }

  /// The next field; nil at the end, and where no field can be read.
  mutating func next() -> Field? {
    guard !isCut else { return nil }
    let start = position
    guard let tag = varint(), tag >> 3 >= 1 else { return stop(at: start) }
    switch tag & 7 {
    case 0:
      guard varint() != nil else { return stop(at: start) }
      return Field(number: tag >> 3, payload: nil, byteCount: 0)
    case 1, 5:
      position += tag & 7 == 1 ? 8 : 4
      guard position <= message.byteCount else { return stop(at: start) }
      return Field(number: tag >> 3, payload: nil, byteCount: 0)
    case 2:
      guard let length = varint(), length <= UInt64(Int32.max) else { return stop(at: start) }
      let count = Int(length)
      let payload = position..<min(position + count, message.byteCount)
      isCut = payload.count < count
      position = payload.upperBound
      return Field(number: tag >> 3, payload: payload, byteCount: count)
    default:
      return stop(at: start)
    }
  }

  private mutating func stop(at start: Int) -> Field? {
    isCut = isCut || position >= message.byteCount && start < message.byteCount
    position = start
    return nil
  }

  private mutating func varint() -> UInt64? {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while let byte = message.peek(at: position), shift < 63 {
      position += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    return nil
  }
}
