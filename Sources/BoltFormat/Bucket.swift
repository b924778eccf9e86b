/// A bucket as its 16-byte value in the parent's leaf describes it (bbolt internal/common/bucket.go).
///
/// | offset in value | size | field |
/// |---|---|---|
/// | 0 | 8 | root page; 0 means inline |
/// | 8 | 8 | sequence |
/// | 16 | … | only when inline: a whole leaf page image, exactly as long as needed |
public struct Bucket: Hashable, Sendable {
  /// Bytes before an inline bucket's page image.
  public static let headerBytes = 16

  /// Where the bucket's rows are.
  public enum Root: Hashable, Sendable {
    /// In the tree under this page.
    case page(PageID)
    /// In a page image of `byteCount` bytes at `offset` of the file.
    case inline(offset: ByteOffset, byteCount: UInt64)
  }

  /// The bucket's key in its parent; empty for the root bucket.
  public let name: [UInt8]
  /// Where the bucket's rows are.
  public let root: Root
  /// The bucket's sequence number; etcd never uses it.
  public let sequence: UInt64
  /// 0 for the root bucket, 1 for the buckets in it, and so on.
  public let nesting: Int
  /// The leaf page that holds the bucket's value; of the root bucket, the meta page.
  public let page: PageID
  /// Where the bucket's value starts, which begins with the number of its root page.
  public let offset: ByteOffset
}
