/// Why bytes are not a protobuf message.
///
/// Two errors are equal when code and offset are, so that a test can name the one it expects.
public struct WireError: Error, Hashable, Sendable {
  /// What is wrong.
  public enum Code: String, Sendable {
    /// The message ends inside a varint, a fixed-size number or a length-delimited field.
    case truncated
    /// A varint is longer than ten bytes or its value exceeds 64 bits.
    case varintOverflow = "varint-overflow"
    /// Field number 0, or one beyond 2^29 − 1.
    case invalidFieldNumber = "invalid-field-number"
    /// A group (wire types 3 and 4), or one of the undefined wire types 6 and 7.
    case unsupportedWireType = "unsupported-wire-type"
    /// A known field carries another wire type than its schema says.
    case unexpectedWireType = "unexpected-wire-type"
  }

  /// What is wrong.
  public let code: Code
  /// Where, in bytes from the start of the message.
  public let offset: Int

  /// An error of the given kind at `offset` bytes from the start of the message.
  @inlinable
  public init(_ code: Code, at offset: Int) {
    self.code = code
    self.offset = offset
  }
}
