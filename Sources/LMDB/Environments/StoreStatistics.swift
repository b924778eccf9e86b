/// How large a store is.
public struct StoreStatistics: Hashable, Sendable {
  /// Bytes of a page.
  public let pageBytes: Int
  /// The last page, counted from 0, that is in use or free.
  public let lastPage: UInt64
  /// The number of the last transaction that was committed.
  public let lastTransaction: UInt64
  /// Bytes of `data.mdb`; less than ``byteCount`` where pages at the end are free.
  public let fileBytes: UInt64
  /// Bytes up to which the store can grow before the map is enlarged.
  public let mapBytes: UInt64

  /// Bytes of all pages, those that are free counted too.
  public var byteCount: UInt64 { (lastPage + 1) * UInt64(pageBytes) }
}
