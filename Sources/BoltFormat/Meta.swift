/// A meta page's body (bbolt internal/common/meta.go): 64 bytes that follow the page header.
///
/// | offset in page | size | field |
/// |---|---|---|
/// | 16 | 4 | magic 0xED0CDAED; its byte order is the file's |
/// | 20 | 4 | version, 2 |
/// | 24 | 4 | page size |
/// | 28 | 4 | flags, unused |
/// | 32 | 8 | root bucket's top page |
/// | 40 | 8 | root bucket's sequence |
/// | 48 | 8 | freelist page, or ``PageID/noFreelist`` |
/// | 56 | 8 | high-water mark |
/// | 64 | 8 | transaction number |
/// | 72 | 8 | FNV-1a 64 of bytes 16 … 71 |
public struct Meta: Hashable, Sendable {
  /// Bytes from the start of the page to the end of the checksum.
  public static let byteCount = 80
  /// The magic number.
  public static let magic: UInt32 = 0xED0C_DAED
  /// The only version of the format.
  public static let version: UInt32 = 2
  /// Page sizes that bbolt can have written: powers of two from its own minimum to the end of its search window.
  public static let pageSizes = 512...16_777_216

  /// Where in the page the number of the root page stands.
  static let rootOffset = 32
  /// Where in the page the number of the freelist's page stands.
  static let freelistOffset = 48

  /// The byte order of the file.
  public let byteOrder: ByteOrder
  /// Bytes in a page.
  public let pageSize: Int
  /// The root bucket's top page.
  public let root: PageID
  /// The freelist's page, or ``PageID/noFreelist``.
  public let freelist: PageID
  /// The first page that was never allocated: the file's content is pages 0 up to this one.
  public let highWaterMark: PageID
  /// The transaction that wrote this meta.
  public let txid: UInt64
  /// The header of the meta page; not covered by the checksum.
  public let header: PageHeader

  /// Whether the freelist lies in the file.
  public var storesFreelist: Bool { freelist != .noFreelist }

  /// Bytes in the image that this meta describes: the pages below its high-water mark. The greatest number when a forged
  /// mark is beyond all bounds.
  public var imageBytes: UInt64 {
    let (bytes, overflow) = highWaterMark.rawValue.multipliedReportingOverflow(by: UInt64(pageSize))
    return overflow ? .max : bytes
  }

  /// The meta in the first ``byteCount`` bytes of meta page `index` (0 or 1).
  ///
  /// Checked as bbolt does, in its order: magic, version, checksum; then that the page size is one bbolt can write,
  /// and that the root lies between the meta pages and the high-water mark.
  public init(decoding page: RawSpan, index: UInt64, at offset: UInt64) throws(BoltError) {
    func failure(_ code: BoltError.Code, at position: Int, found: UInt64, bound: UInt64 = 0) -> BoltError {
      BoltError(code, page: PageID(index), offset: ByteOffset(offset + UInt64(position)), found: found, bound: bound)
    }
    guard page.byteCount >= Self.byteCount else {
      throw failure(.fileTooShort, at: 0, found: UInt64(page.byteCount), bound: UInt64(Self.byteCount))
    }
    let order: ByteOrder = page.integer(at: 16, as: UInt32.self, .little) == Self.magic ? .little : .big
    let magic = page.integer(at: 16, as: UInt32.self, order)
    guard magic == Self.magic else { throw failure(.metaMagic, at: 16, found: UInt64(magic)) }
    let version = page.integer(at: 20, as: UInt32.self, order)
    guard version == Self.version else { throw failure(.metaVersion, at: 20, found: UInt64(version)) }
    let checksum = page.integer(at: 72, as: UInt64.self, order)
    guard checksum == FNV1a.hash(page.extracting(16..<72)) else {
      throw failure(.metaChecksum, at: 72, found: checksum)
    }
    let size = page.integer(at: 24, as: UInt32.self, order)
    guard Self.pageSizes.contains(Int(size)), size.nonzeroBitCount == 1 else {
      throw failure(.metaPageSize, at: 24, found: UInt64(size))
    }
    byteOrder = order
    pageSize = Int(size)
    root = PageID(page.integer(at: Self.rootOffset, as: UInt64.self, order))
    freelist = PageID(page.integer(at: Self.freelistOffset, as: UInt64.self, order))
    highWaterMark = PageID(page.integer(at: 56, as: UInt64.self, order))
    txid = page.integer(at: 64, as: UInt64.self, order)
    header = PageHeader(decoding: page, order)
    guard root >= PageID(2), root < highWaterMark else {
      throw failure(.metaRoot, at: Self.rootOffset, found: root.rawValue, bound: highWaterMark.rawValue)
    }
  }
}
