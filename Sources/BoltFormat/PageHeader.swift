/// The 16 bytes at the start of a page (bbolt internal/common/page.go):
///
/// | offset | size | field |
/// |---|---|---|
/// | 0 | 8 | id, the page's own number; 0 in inline buckets |
/// | 8 | 2 | flags, see ``PageKind`` |
/// | 10 | 2 | number of elements |
/// | 12 | 4 | overflow: pages directly after this one that belong to it |
@frozen
public struct PageHeader: Hashable, Sendable {
  /// Bytes in a header.
  public static let byteCount = 16
  /// The count that no branch or leaf page carries: bbolt's writer refuses it, and freelists use it as an escape.
  public static let escapeCount: UInt16 = 0xFFFF

  /// The page's own number.
  public let id: PageID
  /// The flags as stored.
  public let flags: UInt16
  /// The number of elements as stored.
  public let count: UInt16
  /// Pages directly after this one that belong to it.
  public let overflow: UInt32

  /// The header at the start of `bytes`, which must hold at least ``byteCount`` bytes.
  @inlinable
  public init(decoding bytes: RawSpan, _ order: ByteOrder) {
    id = PageID(bytes.integer(at: 0, as: UInt64.self, order))
    flags = bytes.integer(at: 8, as: UInt16.self, order)
    count = bytes.integer(at: 10, as: UInt16.self, order)
    overflow = bytes.integer(at: 12, as: UInt32.self, order)
  }

  /// What the flags say; nil unless exactly one defined flag is set.
  @inlinable
  public var kind: PageKind? { PageKind(rawValue: flags) }
}
