/// Walks the fields of one protobuf message without copying it.
///
/// Protobuf encoding (protobuf.dev, "Encoding"): a message is a sequence of (tag, payload), tag = field number · 8 +
/// wire type, numbers in base-128 varints, least significant group first. Groups are refused: neither etcd nor
/// Kubernetes has ever written one.
///
/// ```swift
/// var reader = WireReader(message)
/// while let field = try reader.next() {
///   if field.number == 1, case .bytes(let range) = field.payload { … }
/// }
/// ```
@frozen
public struct WireReader: ~Escapable {
  /// The whole message.
  public let message: RawSpan
  /// Offset of the next unread byte.
  @usableFromInline
  var position: Int

  /// A reader at the start of `message`.
  @inlinable
  @_lifetime(copy message)
  public init(_ message: RawSpan) {
    self.message = message
    self.position = 0
  }

  /// The next field, its payload skipped; nil at the end of the message.
  ///
  /// O(1), whatever the payload's length.
  @inlinable
  @inline(__always)
  public mutating func next() throws(WireError) -> WireField? {
    guard position < message.byteCount else { return nil }
    let start = position
    let tag = try varint()
    let number = tag >> 3
    guard number >= 1, number <= 0x1FFF_FFFF else { throw WireError(.invalidFieldNumber, at: start) }
    let payload: WireField.Payload
    switch tag & 7 {
    case 0:
      payload = .varint(try varint())
    case 1:
      payload = .fixed(try advance(by: 8, from: position))
    case 2:
      let lengthStart = position
      payload = .bytes(try advance(by: try varint(), from: lengthStart))
    case 5:
      payload = .fixed(try advance(by: 4, from: position))
    default:
      throw WireError(.unsupportedWireType, at: start)
    }
    return WireField(number: UInt32(number), offset: start, payload: payload)
  }

  /// The number of the next field, if its tag is this byte: with the wire type of a varint, a field below 16. Otherwise
  /// nil, and nothing is read.
  ///
  /// For messages whose writer is known to put certain fields first.
  @inlinable
  @inline(__always)
  public mutating func varint(tagged tag: UInt8) throws(WireError) -> UInt64? {
    try skip(tag) ? varint() : nil
  }

  /// Where the bytes of the next field lie, if its tag is this byte: with the wire type of bytes, a field below 16.
  /// Otherwise nil, and nothing is read.
  @inlinable
  @inline(__always)
  public mutating func bytes(tagged tag: UInt8) throws(WireError) -> Range<Int>? {
    guard skip(tag) else { return nil }
    let start = position
    return try advance(by: try varint(), from: start)
  }

  @inlinable
  @inline(__always)
  mutating func skip(_ tag: UInt8) -> Bool {
    // Sound: the offset was just checked, and every bit pattern is a byte.
    guard position < message.byteCount,
      unsafe message.unsafeLoad(fromUncheckedByteOffset: position, as: UInt8.self) == tag
    else { return false }
    position += 1
    return true
  }

  /// A varint; nearly all have one byte or two.
  @inlinable
  @inline(__always)
  mutating func varint() throws(WireError) -> UInt64 {
    guard position < message.byteCount else { throw WireError(.truncated, at: position) }
    // Sound: the offset was just checked, and every bit pattern is a byte.
    let byte = unsafe message.unsafeLoad(fromUncheckedByteOffset: position, as: UInt8.self)
    guard byte >= 0x80 else {
      position += 1
      return UInt64(byte)
    }
    if message.byteCount - position >= 2 {
      // Sound: two bytes are left.
      let next = unsafe message.unsafeLoad(fromUncheckedByteOffset: position + 1, as: UInt8.self)
      if next < 0x80 {
        position += 2
        return UInt64(byte & 0x7F) | UInt64(next) << 7
      }
    }
    return try longVarint()
  }

  /// A varint of three bytes or more: all of up to eight bytes are taken at once, where there are eight to load.
  @inlinable
  mutating func longVarint() throws(WireError) -> UInt64 {
    if message.byteCount - position >= 8 {
      // Sound: eight bytes are left, and any eight bytes are a UInt64.
      let word = UInt64(
        littleEndian: unsafe message.unsafeLoadUnaligned(fromUncheckedByteOffset: position, as: UInt64.self))
      let ends = ~word & 0x8080_8080_8080_8080
      if ends != 0 {
        position += ends.trailingZeroBitCount / 8 + 1
        // The bits up to the end of the last byte, then the groups of seven moved together by two, four and eight.
        var value = word & (ends ^ (ends - 1)) & 0x7F7F_7F7F_7F7F_7F7F
        value = value & 0x007F_007F_007F_007F | (value & 0x7F00_7F00_7F00_7F00) >> 1
        value = value & 0x0000_3FFF_0000_3FFF | (value & 0x3FFF_0000_3FFF_0000) >> 2
        return value & 0x0000_0000_0FFF_FFFF | (value & 0x0FFF_FFFF_0000_0000) >> 4
      }
    }
    let start = position
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while position < message.byteCount {
      // Sound: the offset was just checked, and every bit pattern is a byte.
      let byte = unsafe message.unsafeLoad(fromUncheckedByteOffset: position, as: UInt8.self)
      position += 1
      // The tenth byte holds the 64th bit and nothing else.
      guard shift < 63 || byte <= 1 else { throw WireError(.varintOverflow, at: start) }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    throw WireError(.truncated, at: start)
  }

  /// Passes over `count` bytes; when there are fewer, the error is told at `start`.
  @inlinable
  @inline(__always)
  mutating func advance(by count: UInt64, from start: Int) throws(WireError) -> Range<Int> {
    let left = message.byteCount - position
    guard count <= UInt64(left) else { throw WireError(.truncated, at: start) }
    let range = position..<(position + Int(count))
    position = range.upperBound
    return range
  }
}
