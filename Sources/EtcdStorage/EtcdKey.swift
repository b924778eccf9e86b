/// A user's key, any bytes.
public struct EtcdKey: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The key's bytes.
  public let bytes: [UInt8]

  /// The key with these bytes.
  public init(bytes: [UInt8]) { self.bytes = bytes }

  /// A copy of `span`.
  public init(copying span: RawSpan) {
    var copy: [UInt8] = []
    // Sound: the buffer is read inside the call that lends it.
    unsafe span.withUnsafeBytes { unsafe copy.append(contentsOf: $0) }
    bytes = copy
  }

  /// Bytewise order, as etcd has it.
  public static func < (lhs: EtcdKey, rhs: EtcdKey) -> Bool { lhs.bytes.lexicographicallyPrecedes(rhs.bytes) }

  /// The key without loss: bytes outside printable ASCII, and `%`, as `%XX`.
  public var description: String {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    for byte in bytes {
      if (0x20...0x7E).contains(byte), byte != UInt8(ascii: "%") {
        text.append(byte)
      } else {
        text += (byte < 16 ? "%0" : "%").utf8
        text += String(byte, radix: 16, uppercase: true).utf8
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
