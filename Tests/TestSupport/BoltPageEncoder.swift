/// Encodes single bbolt pages: header, element headers, then keys and values without a gap (bbolt: internal/common/page.go
/// and inode.go). An encoded page ends with its last datum; the zeros up to the end of its run are left to the caller.
///
/// The writer uses it for every page; tests use it to make stale or forged pages to lie among the free ones.
public struct BoltPageEncoder: Sendable {
  /// Bytes per page.
  public let pageSize: Int
  /// The order of every integer.
  public let byteOrder: BoltWriter.ByteOrder

  /// An encoder for files of this page size and byte order.
  public init(pageSize: Int = 4096, byteOrder: BoltWriter.ByteOrder = .little) {
    self.pageSize = pageSize
    self.byteOrder = byteOrder
  }

  /// One row of a leaf page as it is stored.
  public struct Row: Sendable {
    /// Bit 0: the value is a bucket.
    public var flags: UInt32
    /// The key.
    public var key: [UInt8]
    /// The value, of a bucket its 16-byte header and, if inline, its page.
    public var value: [UInt8]

    /// A row; a plain one unless `flags` says otherwise.
    public init(_ key: [UInt8], _ value: [UInt8], flags: UInt32 = 0) {
      self.flags = flags
      self.key = key
      self.value = value
    }
  }

  /// Pages that a run of `byteCount` bytes takes; at least one.
  public func runLength(_ byteCount: Int) -> UInt64 { UInt64(max(1, (byteCount + pageSize - 1) / pageSize)) }

  /// A leaf page. Its overflow follows from the rows; an inline one has number 0 and no overflow.
  public func leaf(_ number: UInt64, _ rows: [Row], isInline: Bool = false) -> [UInt8] {
    let size = rows.reduce(16) { $0 + 16 + $1.key.count + $1.value.count }
    var page = header(number, flags: 0x02, count: rows.count, overflow: isInline ? 0 : runLength(size) - 1)
    page.reserveCapacity(size)
    var end = 16 + 16 * rows.count
    for row in rows {
      let position = end - page.count
      for field in [row.flags, UInt32(position), UInt32(row.key.count), UInt32(row.value.count)] {
        page.append(field, byteOrder)
      }
      end += row.key.count + row.value.count
    }
    for row in rows {
      page += row.key
      page += row.value
    }
    return page
  }

  /// A branch page: the smallest key and the page number of every child.
  public func branch(_ number: UInt64, _ children: [(key: [UInt8], child: UInt64)]) -> [UInt8] {
    let size = children.reduce(16) { $0 + 16 + $1.key.count }
    var page = header(number, flags: 0x01, count: children.count, overflow: runLength(size) - 1)
    var end = 16 + 16 * children.count
    for (key, child) in children {
      let position = end - page.count
      page.append(UInt32(position), byteOrder)
      page.append(UInt32(key.count), byteOrder)
      page.append(child, byteOrder)
      end += key.count
    }
    for (key, _) in children { page += key }
    return page
  }

  /// A freelist page. From 65 535 ids on, or if `isLong`, the count is 0xFFFF and the first word holds the real one
  /// (bbolt: internal/freelist/shared.go).
  public func freelist(_ number: UInt64, _ ids: [UInt64], isLong: Bool = false) -> [UInt8] {
    let isLong = isLong || ids.count >= 0xFFFF
    let overflow = freelistRunLength(ids.count, isLong: isLong) - 1
    var page = header(number, flags: 0x10, count: isLong ? 0xFFFF : ids.count, overflow: overflow)
    if isLong { page.append(UInt64(ids.count), byteOrder) }
    for id in ids { page.append(id, byteOrder) }
    return page
  }

  /// Pages that bbolt allocates for a freelist: up to one more than it needs (bbolt: tx.go, commitFreelist).
  public func freelistRunLength(_ idCount: Int, isLong: Bool = false) -> UInt64 {
    let words = isLong || idCount >= 0xFFFF ? idCount + 1 : idCount
    return UInt64((16 + 8 * words) / pageSize + 1)
  }

  /// A meta page, its checksum computed. `freelist` nil: not stored.
  public func meta(
    _ number: UInt64, root: UInt64, sequence: UInt64 = 0, freelist: UInt64?, highWater: UInt64, txid: UInt64
  ) -> [UInt8] {
    var page = header(number, flags: 0x04, count: 0, overflow: 0)
    for field in [0xED0C_DAED, 2, UInt32(pageSize), 0] { page.append(field, byteOrder) }
    for field in [root, sequence, freelist ?? .max, highWater, txid] { page.append(field, byteOrder) }
    page.append(Self.checksum(page[16...]), byteOrder)
    return page
  }

  /// FNV-1a, 64 bits: the checksum of a meta page's bytes 16 … 71 (bbolt: internal/common/meta.go, Sum64).
  public static func checksum(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { hash, byte in (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
  }

  /// The value of a bucket's row; `inlinePage` only where `root` is 0.
  public func bucket(root: UInt64, sequence: UInt64 = 0, inlinePage: [UInt8] = []) -> [UInt8] {
    var value: [UInt8] = []
    value.append(root, byteOrder)
    value.append(sequence, byteOrder)
    return value + inlinePage
  }

  /// The 16 bytes every page begins with.
  ///
  /// - Precondition: `count` is at most 65 535 and `overflow` fits in 32 bits.
  public func header(_ number: UInt64, flags: UInt16, count: Int, overflow: UInt64) -> [UInt8] {
    var header: [UInt8] = []
    header.append(number, byteOrder)
    header.append(flags, byteOrder)
    header.append(UInt16(count), byteOrder)
    header.append(UInt32(overflow), byteOrder)
    return header
  }
}
