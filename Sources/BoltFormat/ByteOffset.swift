/// A place in the bbolt image, in bytes from its start.
@frozen
public struct ByteOffset: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Bytes from the start of the image.
  public let rawValue: UInt64

  /// The place `rawValue` bytes from the start of the image.
  @inlinable
  public init(rawValue: UInt64) { self.rawValue = rawValue }

  /// The place `bytes` bytes from the start of the image.
  @inlinable
  public init(_ bytes: UInt64) { self.rawValue = bytes }

  /// Whether `lhs` lies before `rhs`.
  @inlinable
  public static func < (lhs: ByteOffset, rhs: ByteOffset) -> Bool { lhs.rawValue < rhs.rawValue }

  /// The number in decimal.
  public var description: String { String(rawValue) }
}
