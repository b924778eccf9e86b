/// A SHA-256: 32 bytes.
public struct SHA256Digest: Hashable, Sendable, CustomStringConvertible {
  /// Bytes in a digest.
  public static let byteCount = 32

  /// The bytes.
  public let bytes: [UInt8]

  /// The digest with these bytes, of which there must be ``byteCount``.
  public init(bytes: [UInt8]) {
    precondition(bytes.count == Self.byteCount, "a SHA-256 has 32 bytes")
    self.bytes = bytes
  }

  /// 64 lower-case hex digits.
  public var description: String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
