/// A field of one of bbolt's records, `Record` saying which: its place and width (reference: bbolt's
/// internal/common/page.go, meta.go, bucket.go).
public struct BoltField<Record>: Sendable {
  let offset: Int
  let width: Int
}

/// The 16 bytes at the start of every page.
public enum PageHeaderRecord {}
/// The 16 bytes that describe a row of a leaf page.
public enum LeafElementRecord {}
/// The 16 bytes that describe a child of a branch page.
public enum BranchElementRecord {}
/// The body of a meta page.
public enum MetaRecord {}
/// The 16 bytes a bucket's value begins with.
public enum BucketRecord {}

extension BoltField where Record == PageHeaderRecord {
  /// The page's own number.
  public static var id: Self { .init(offset: 0, width: 8) }
  /// The page's type.
  public static var flags: Self { .init(offset: 8, width: 2) }
  /// Number of elements.
  public static var count: Self { .init(offset: 10, width: 2) }
  /// Number of pages that follow and belong to it.
  public static var overflow: Self { .init(offset: 12, width: 4) }
}

extension BoltField where Record == LeafElementRecord {
  /// Bit 0: a bucket.
  public static var flags: Self { .init(offset: 0, width: 4) }
  /// From the element's first byte to the key.
  public static var position: Self { .init(offset: 4, width: 4) }
  /// Bytes of the key.
  public static var keySize: Self { .init(offset: 8, width: 4) }
  /// Bytes of the value.
  public static var valueSize: Self { .init(offset: 12, width: 4) }
}

extension BoltField where Record == BranchElementRecord {
  /// From the element's first byte to the key.
  public static var position: Self { .init(offset: 0, width: 4) }
  /// Bytes of the key.
  public static var keySize: Self { .init(offset: 4, width: 4) }
  /// Page number of the child.
  public static var child: Self { .init(offset: 8, width: 8) }
}

extension BoltField where Record == MetaRecord {
  /// 0xED0CDAED.
  public static var magic: Self { .init(offset: 16, width: 4) }
  /// The format's version, 2.
  public static var version: Self { .init(offset: 20, width: 4) }
  /// Bytes per page.
  public static var pageSize: Self { .init(offset: 24, width: 4) }
  /// Unused, 0.
  public static var flags: Self { .init(offset: 28, width: 4) }
  /// First page of the root bucket.
  public static var root: Self { .init(offset: 32, width: 8) }
  /// Sequence of the root bucket.
  public static var sequence: Self { .init(offset: 40, width: 8) }
  /// Page of the freelist, or all ones.
  public static var freelist: Self { .init(offset: 48, width: 8) }
  /// First page never allocated.
  public static var highWater: Self { .init(offset: 56, width: 8) }
  /// Transaction number.
  public static var txid: Self { .init(offset: 64, width: 8) }
  /// FNV-1a of the page's bytes 16 … 71.
  public static var checksum: Self { .init(offset: 72, width: 8) }
}

extension BoltField where Record == BucketRecord {
  /// First page, or 0 if inline.
  public static var root: Self { .init(offset: 0, width: 8) }
  /// The sequence number.
  public static var sequence: Self { .init(offset: 8, width: 8) }
}
