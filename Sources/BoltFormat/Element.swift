/// Where the bytes of one element lie, as its header says (bbolt internal/common/page.go).
///
/// Headers form an array of 16-byte entries right after the page header. `position` counts from the start of the
/// element's own header; the value follows the key immediately.
///
/// | leaf offset | branch offset | size | field |
/// |---|---|---|---|
/// | 0 | – | 4 | flags; bit 0: the value is a bucket |
/// | 4 | 0 | 4 | position of the key |
/// | 8 | 4 | 4 | key size |
/// | 12 | – | 4 | value size |
/// | – | 8 | 8 | child page |
@frozen
public struct Element: Hashable, Sendable {
  /// Bytes in an element header.
  public static let byteCount = 16
  /// The longest key that bbolt accepts (`MaxKeySize`).
  public static let maximumKeyBytes = 32_768
  /// The longest value that bbolt accepts (`MaxValueSize`).
  public static let maximumValueBytes = Int(Int32.max) - 1
  /// Flag of a leaf element whose value is a bucket (`BucketLeafFlag`).
  public static let bucketFlag: UInt32 = 0x01

  /// Flags of a leaf element; 0 in a branch.
  public let flags: UInt32
  /// First byte of the key, in bytes from the start of the page. Not checked against the page's length.
  public let keyStart: Int
  /// Bytes in the key.
  public let keyBytes: Int
  /// Bytes in the value; 0 in a branch.
  public let valueBytes: Int
  /// The child page of a branch element; 0 in a leaf.
  public let child: PageID

  /// First byte of the value, in bytes from the start of the page.
  @inlinable
  public var valueStart: Int { keyStart + keyBytes }
  /// First byte after the value. Can't overflow: all three parts are below 2^32 plus the length of a table.
  @inlinable
  public var end: Int { valueStart + valueBytes }
  /// Whether the value is a bucket.
  @inlinable
  public var isBucket: Bool { flags & Self.bucketFlag != 0 }

  /// Where the header of element `index` starts, in bytes from the start of the page.
  @inlinable
  public static func headerOffset(_ index: Int) -> Int { PageHeader.byteCount + index * byteCount }

  /// The leaf element whose 16-byte header is `bytes`, and stands at `offset` in its page.
  @inlinable
  public init(leaf bytes: RawSpan, at offset: Int, _ order: ByteOrder) {
    flags = bytes.integer(at: 0, as: UInt32.self, order)
    keyStart = offset + Int(bytes.integer(at: 4, as: UInt32.self, order))
    keyBytes = Int(bytes.integer(at: 8, as: UInt32.self, order))
    valueBytes = Int(bytes.integer(at: 12, as: UInt32.self, order))
    child = PageID(0)
  }

  /// The branch element whose 16-byte header is `bytes`, and stands at `offset` in its page.
  @inlinable
  public init(branch bytes: RawSpan, at offset: Int, _ order: ByteOrder) {
    flags = 0
    keyStart = offset + Int(bytes.integer(at: 0, as: UInt32.self, order))
    keyBytes = Int(bytes.integer(at: 4, as: UInt32.self, order))
    valueBytes = 0
    child = PageID(bytes.integer(at: 8, as: UInt64.self, order))
  }
}
