/// Writes protobuf fields in the order in which it is called, so that tests can make messages no library would.
///
/// Protobuf encoding (protobuf.dev, "Encoding"): tag = field number · 8 + wire type, numbers in base-128 varints.
/// ```swift
/// var message = ProtobufWriter()
/// message.bytes(1, Array("foo".utf8))
/// message.varint(2, 17)
/// message.bytes      // 0a 03 66 6f 6f 10 11
/// ```
public struct ProtobufWriter: Sendable {
  /// The message so far.
  public private(set) var bytes: [UInt8] = []
  private let keepsDefaults: Bool

  /// An empty message. Zeros and empty byte strings are left out, as in proto3, unless `keepsDefaults`.
  public init(keepsDefaults: Bool = false) { self.keepsDefaults = keepsDefaults }

  /// Field `number` of wire type 0.
  public mutating func varint(_ number: UInt64, _ value: UInt64) {
    guard value != 0 || keepsDefaults else { return }
    raw(varint: number << 3)
    raw(varint: value)
  }

  /// Field `number` of wire type 0 holding an int64: a negative one takes ten bytes.
  public mutating func varint(_ number: UInt64, _ value: Int64) { varint(number, UInt64(bitPattern: value)) }

  /// Field `number` of wire type 2: bytes, a string, or an encoded message.
  public mutating func bytes(_ number: UInt64, _ value: [UInt8]) {
    guard !value.isEmpty || keepsDefaults else { return }
    raw(varint: number << 3 | 2)
    raw(varint: UInt64(value.count))
    raw(value)
  }

  /// A bare varint.
  public mutating func raw(varint value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// Bytes as they are.
  public mutating func raw(_ value: [UInt8]) { bytes += value }
}
