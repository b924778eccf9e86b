import CLMDB

/// How large a table is. Pages have the same size in the whole store: see ``StoreStatistics/pageBytes``.
public struct TableStatistics: Hashable, Sendable {
  /// How many keys it has.
  public let entryCount: Int
  /// Levels of its tree; 0 for an empty table, 1 where it is a single leaf.
  public let depth: Int
  /// Pages that lead to others.
  public let branchPages: Int
  /// Pages of keys, and of the values that lie beside them.
  public let leafPages: Int
  /// Pages of values that are too long to lie beside their keys: more than about half a page.
  public let overflowPages: Int
  /// Bytes of all its pages.
  public let byteCount: Int

  init(_ statistics: MDB_stat) {
    entryCount = statistics.ms_entries
    depth = Int(statistics.ms_depth)
    branchPages = statistics.ms_branch_pages
    leafPages = statistics.ms_leaf_pages
    overflowPages = statistics.ms_overflow_pages
    byteCount = (branchPages + leafPages + overflowPages) * Int(statistics.ms_psize)
  }
}
