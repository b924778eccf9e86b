/// A branch or leaf page of the tree, once all its elements have been visited.
public struct PageUse: Hashable, Sendable {
  /// The page's number.
  public let page: PageID
  /// Branch or leaf.
  public let kind: PageKind
  /// Pages directly after this one that belong to it.
  public let overflow: UInt32
  /// Elements on the page.
  public let elements: Int
  /// Bytes of header, element table, keys and values; where elements overlap, at most those of the run.
  public let usedBytes: UInt64
}
