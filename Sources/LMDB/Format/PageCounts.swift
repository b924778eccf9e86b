/// How many pages of a store are for what.
public struct PageCounts: Hashable, Sendable {
  /// Pages of trees, and the two meta pages.
  public let inUse: UInt64
  /// Pages that will be used again.
  public let free: UInt64
}
