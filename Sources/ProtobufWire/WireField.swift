/// One field of a protobuf message: its number, and where its payload lies.
@frozen
public struct WireField: Equatable, Sendable {
  /// A payload; ranges are byte offsets in the message.
  @frozen
  public enum Payload: Equatable, Sendable {
    /// Wire type 0.
    case varint(UInt64)
    /// Wire types 1 (eight bytes) and 5 (four bytes).
    case fixed(Range<Int>)
    /// Wire type 2: bytes, a string or a nested message.
    case bytes(Range<Int>)
  }

  /// Field number, 1 … 2^29 − 1.
  public let number: UInt32
  /// Offset of the field's tag in the message.
  public let offset: Int
  /// What the field carries.
  public let payload: Payload

  /// A field read at `offset`.
  @inlinable
  public init(number: UInt32, offset: Int, payload: Payload) {
    self.number = number
    self.offset = offset
    self.payload = payload
  }

  /// The payload's range, when it is length-delimited; any other wire type is an error.
  @inlinable
  public func bytes() throws(WireError) -> Range<Int> {
    guard case .bytes(let range) = payload else { throw WireError(.unexpectedWireType, at: offset) }
    return range
  }

  /// The payload's number, when it is a varint; any other wire type is an error.
  @inlinable
  public func varint() throws(WireError) -> UInt64 {
    guard case .varint(let value) = payload else { throw WireError(.unexpectedWireType, at: offset) }
    return value
  }
}
