import ByteViews

/// The bytes of a CBOR string, its chunks joined.
struct CBORStringBytes: ~Escapable {
  private let bytes: RawSpan
  private let isChunked: Bool
  private let end: Int
  private var position: Int
  private var chunkEnd: Int

  /// The bytes of `string`, which was read from `bytes`.
  @_lifetime(copy bytes)
  init(_ string: CBORString, in bytes: RawSpan) {
    self.bytes = bytes
    self.isChunked = string.isChunked
    self.end = string.content.upperBound
    self.position = string.content.lowerBound
    self.chunkEnd = string.isChunked ? string.content.lowerBound : string.content.upperBound
  }

  /// The next byte, nil at the end.
  mutating func next() -> UInt8? {
    while position == chunkEnd {
      guard isChunked, position < end, let chunk = try? CBORHead(in: bytes, at: position).content(in: bytes) else {
        return nil
      }
      position = chunk.lowerBound
      chunkEnd = chunk.upperBound
    }
    defer { position += 1 }
    return bytes.byte(at: position)
  }
}
