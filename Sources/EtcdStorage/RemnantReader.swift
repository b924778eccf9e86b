import ByteViews

/// Reads the fields of a KeyValue message in the order in which etcd writes them, from bytes that may end anywhere.
struct RemnantReader: ~Escapable {
  /// The longest key that bbolt accepts is as long as a row's key may be (bbolt `MaxKeySize`).
  private static let longestKey: UInt64 = 32_768

  private let bytes: RawSpan
  /// Offset of the next unread byte.
  var position = 0

  @_lifetime(copy bytes)
  init(_ bytes: RawSpan) {
    self.bytes = bytes
  }

  /// Whether all bytes have been read.
  var isAtEnd: Bool { position >= bytes.byteCount }

  /// Whether the next byte is `tag`.
  func isNext(_ tag: UInt8) -> Bool { position < bytes.byteCount && bytes.byte(at: position) == tag }

  /// Where the key lies.
  mutating func key(mayBeCut: Bool = false) throws(KeyValueRemnant.Failure) -> Range<Int> {
    let count = try length(atMost: Self.longestKey, tagged: 0x0A)
    guard count > 0 else { throw .malformed }
    let range = position..<(position + count)
    guard mayBeCut || range.upperBound <= bytes.byteCount else { throw .endsEarly }
    position = range.upperBound
    return range
  }

  /// The length of the next field, which must have this tag.
  mutating func length(atMost limit: UInt64, tagged tag: UInt8) throws(KeyValueRemnant.Failure) -> Int {
    let count = try varint(tagged: tag)
    guard count <= limit else { throw .malformed }
    return Int(count)
  }

  /// The number in the next field, which must have this tag.
  mutating func varint(tagged tag: UInt8) throws(KeyValueRemnant.Failure) -> UInt64 {
    guard !isAtEnd else { throw .endsEarly }
    guard bytes.byte(at: position) == tag else { throw .malformed }
    var next = position + 1
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while next < bytes.byteCount {
      let byte = bytes.byte(at: next)
      // The tenth byte holds the 64th bit and nothing else.
      guard shift < 63 || byte <= 1 else { throw .malformed }
      value |= UInt64(byte & 0x7F) << shift
      next += 1
      if byte < 0x80 {
        position = next
        return value
      }
      shift += 7
    }
    throw .endsEarly
  }
}
