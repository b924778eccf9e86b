/// A key and its value, as one leaf element holds them. Borrows the reader's buffer.
public struct Row: ~Escapable {
  /// The key, 1 … 32 768 bytes in an undamaged file.
  public let key: RawSpan
  /// The value.
  public let value: RawSpan
  /// The leaf page on which the element stands.
  public let page: PageID
  /// Where the key's first byte lies.
  public let keyOffset: ByteOffset

  /// Where the value's first byte lies: directly after the key.
  public var valueOffset: ByteOffset { ByteOffset(keyOffset.rawValue + UInt64(key.byteCount)) }

  @_lifetime(copy key, copy value)
  init(key: RawSpan, value: RawSpan, page: PageID, keyOffset: ByteOffset) {
    self.key = key
    self.value = value
    self.page = page
    self.keyOffset = keyOffset
  }
}
