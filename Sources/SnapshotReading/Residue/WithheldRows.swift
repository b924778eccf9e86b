import BoltFormat

/// Rows on a page in use that its own table of elements does not lead to.
package struct WithheldRows: Hashable, Sendable {
  /// The page on which they lie.
  package let page: PageID
  /// How many there are; nil where the page is a leaf without elements, which bbolt takes out of the tree.
  package let count: Int?

  /// So many rows behind the elements of `page`; `count` is nil of a leaf without any.
  package init(page: PageID, count: Int?) {
    self.page = page
    self.count = count
  }

  /// The rows that lie at `offsets`, behind the last element of a run, where that run is in use, in ascending order.
  ///
  /// bbolt writes a page into zeroed memory (bbolt db.go, `allocate`), so nothing lies behind the last element.
  static func inSlack(_ offsets: [UInt64], _ ownership: PageOwnership) -> [WithheldRows] {
    var counts: [PageID: Set<UInt64>] = [:]
    for offset in offsets {
      let page = PageID(offset / UInt64(ownership.pageSize))
      guard ownership.owned.contains(page), !ownership.owns(offset, isSlack: true) else { continue }
      counts[page, default: []].insert(offset)
    }
    return counts.map { WithheldRows(page: $0.key, count: $0.value.count) }.sorted { $0.page < $1.page }
  }
}
