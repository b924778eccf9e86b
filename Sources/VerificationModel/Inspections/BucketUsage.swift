/// A bucket, and what lies directly in it.
public struct BucketUsage: Sendable, Hashable {
  /// Its name, any bytes.
  public let name: [UInt8]
  /// 1 for a bucket in the root bucket, 2 for one inside that, and so on; etcd nests none.
  public let nesting: Int
  /// Whether its rows lie in its parent's page, for lack of a page of their own.
  public let isInline: Bool
  /// Rows; a bucket inside counts as one.
  public var rows = 0
  /// Bytes of their keys and values; of a bucket inside, of its name.
  public var bytes: UInt64 = 0

  /// A bucket without rows.
  public init(name: [UInt8], nesting: Int, isInline: Bool) {
    self.name = name
    self.nesting = nesting
    self.isInline = isInline
  }
}
