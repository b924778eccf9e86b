/// Where the key and the value lie in a ``KeyValue`` message, and its version: all that a scan asks of most rows.
///
/// Ranges are byte offsets in the message.
@frozen
public struct KeyValueLayout: Hashable, Sendable {
  /// Where the user's key lies.
  public let keyRange: Range<Int>
  /// Where the user's value lies.
  public let valueRange: Range<Int>
  /// Changes since the key was created, from 1; 0 in a tombstone.
  public let version: Int64
  /// See ``KeyValue/isAsWritten``.
  public let isAsWritten: Bool

  @inlinable
  init(keyRange: Range<Int>, valueRange: Range<Int>, version: Int64, isAsWritten: Bool = true) {
    self.keyRange = keyRange
    self.valueRange = valueRange
    self.version = version
    self.isAsWritten = isAsWritten
  }

  /// The layout of `message`; nil when it is none that ``KeyValue/init(decoding:)`` can read. O(number of fields).
  @inlinable
  @inline(__always)
  public init?(of message: RawSpan) {
    guard let layout = Self.asWritten(message) ?? Self.decoded(message) else { return nil }
    self = layout
  }

  /// Whether the message, of `byteCount` bytes, is what etcd writes of its fields; of a tombstone, the key alone.
  public func isAsWritten(isTombstone: Bool, byteCount: Int) -> Bool {
    isAsWritten && (!isTombstone || keyRange.upperBound == byteCount)
  }

  /// The layout of a message as the general reader finds it.
  @usableFromInline
  static func decoded(_ message: RawSpan) -> KeyValueLayout? {
    guard let keyValue = try? KeyValue(decoding: message) else { return nil }
    return KeyValueLayout(
      keyRange: keyValue.keyRange, valueRange: keyValue.valueRange, version: keyValue.version,
      isAsWritten: keyValue.isAsWritten)
  }

  /// The layout of a message in which the fields stand as etcd writes them: once each, in the order of their numbers, up
  /// to the value, and after it at most a lease, without those that are empty or 0, and each number in as few bytes as it
  /// takes: the last byte of a varint is then not zero. nil for any other, and where a field is longer than etcd has it.
  @inlinable
  @inline(__always)
  static func asWritten(_ message: RawSpan) -> KeyValueLayout? {
    let end = message.byteCount
    guard end >= 16 else { return nil }
    // Each load is of eight bytes, and lies inside: `fields` is what of the message the loads may begin in.
    let fields = end - 8
    let head = message.loadWord(at: 0)
    guard head & 0xFF == 0x0A, let keyBytes = ShortVarint(head >> 8) else { return nil }
    let keyStart = 1 + keyBytes.count
    let key = keyStart..<(keyStart + keyBytes.value)
    if key.upperBound == end { return KeyValueLayout(keyRange: key, valueRange: 0..<0, version: 0) }
    // The revisions in which the key was created and changed.
    guard let created = endOfVarint(message, tagged: 0x10, at: key.upperBound, before: fields),
      var position = endOfVarint(message, tagged: 0x18, at: created, before: fields), position < fields,
      message.loadByte(at: position) == 0x20,
      let version = ShortVarint(message.loadWord(at: position + 1))
    else { return nil }
    position += 1 + version.count
    guard position < fields, message.loadByte(at: position) == 0x2A,
      let valueBytes = ShortVarint(message.loadWord(at: position + 1))
    else { return nil }
    position += 1 + valueBytes.count
    guard valueBytes.value <= end - position else { return nil }
    let value = position..<(position + valueBytes.value)
    guard value.upperBound == end || isLease(message, from: value.upperBound) else { return nil }
    return KeyValueLayout(keyRange: key, valueRange: value, version: Int64(version.value))
  }

  /// Where the varint ends whose tag stands at `position`, if it has up to eight bytes.
  @inlinable
  @inline(__always)
  static func endOfVarint(_ message: RawSpan, tagged tag: UInt8, at position: Int, before fields: Int) -> Int? {
    guard position < fields, message.loadByte(at: position) == tag else { return nil }
    let ends = ~message.loadWord(at: position + 1) & 0x8080_8080_8080_8080
    guard ends != 0 else { return nil }
    let end = position + 2 + ends.trailingZeroBitCount / 8
    return message.loadByte(at: end - 1) == 0 ? nil : end
  }

  /// Whether the bytes from `start` to the end of `message`, which has 16 or more, are field 6 with a varint of up to nine
  /// bytes.
  @inlinable
  @inline(__always)
  static func isLease(_ message: RawSpan, from start: Int) -> Bool {
    let end = message.byteCount
    let count = end - start - 1
    guard (1...9).contains(count), message.loadByte(at: start) == 0x30,
      (1..<0x80).contains(message.loadByte(at: end - 1))
    else { return false }
    // All bytes but the last have their highest bit set: shifted so that the last of them is the highest of the word.
    let marks: UInt64 = count == 1 ? 0 : 0x8080_8080_8080_8080 << UInt64(8 * (9 - count))
    return message.loadWord(at: end - 9) & marks == marks
  }
}

/// A varint of up to three bytes at the low end of a word, of which the last is not zero.
@frozen
@usableFromInline
struct ShortVarint {
  @usableFromInline
  let value: Int
  /// Bytes.
  @usableFromInline
  let count: Int

  /// nil when it is longer, or its last byte is zero.
  @inlinable
  @inline(__always)
  init?(_ word: UInt64) {
    if word & 0x80 == 0 {
      (value, count) = (Int(word & 0x7F), 1)
    } else if word & 0x8000 == 0 {
      (value, count) = (Int(word & 0x7F | (word & 0x7F00) >> 1), 2)
    } else if word & 0x80_0000 == 0 {
      (value, count) = (Int(word & 0x7F | (word & 0x7F00) >> 1 | (word & 0x7F_0000) >> 2), 3)
    } else {
      return nil
    }
    // Of two bytes and three, the last holds what is left above seven and fourteen bits.
    guard value >> (7 * (count - 1)) != 0 else { return nil }
  }
}

extension RawSpan {
  /// The byte at `offset`, which lies inside.
  @inlinable
  @inline(__always)
  func loadByte(at offset: Int) -> UInt8 {
    assert(offset >= 0 && offset < byteCount)
    // Sound: the caller has checked the offset, and any byte is a UInt8.
    return unsafe unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
  }

  /// The eight bytes at `offset`, which lie inside, the first of them lowest.
  @inlinable
  @inline(__always)
  func loadWord(at offset: Int) -> UInt64 {
    assert(offset >= 0 && offset + 8 <= byteCount)
    // Sound: the caller has checked the offset, and any eight bytes are a UInt64.
    return UInt64(littleEndian: unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self))
  }
}
