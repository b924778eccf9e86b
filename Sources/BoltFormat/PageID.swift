/// The number of a page; page `n` starts at byte `n × page size`.
@frozen
public struct PageID: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The number, as stored in 8-byte `pgid` fields.
  public let rawValue: UInt64

  /// Page number `rawValue`.
  @inlinable
  public init(rawValue: UInt64) { self.rawValue = rawValue }

  /// Page number `number`.
  @inlinable
  public init(_ number: UInt64) { self.rawValue = number }

  /// The value of a meta's freelist field when no freelist is stored (bbolt `common.PgidNoFreelist`).
  public static let noFreelist = PageID(.max)

  /// Whether `lhs` lies before `rhs` in the file.
  @inlinable
  public static func < (lhs: PageID, rhs: PageID) -> Bool { lhs.rawValue < rhs.rawValue }

  /// The number in decimal.
  public var description: String { String(rawValue) }
}
