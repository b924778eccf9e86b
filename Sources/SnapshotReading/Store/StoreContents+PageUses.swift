import BoltFormat
import VerificationModel

extension StoreContents {
  /// What the pages of `tree`, whose contents these are, hold: what no page in use owns only where it was examined. O(pages).
  package func pageUses(of tree: Tree) -> PageUses {
    var uses =
      residue?.uses
      ?? PageUses(inUse: reachable, of: tree.pagesInFile, hollow: hollowPages, others: .unexamined)
    for page in 0..<min(2, tree.pageBound) { uses.specify(page, .tree, as: .meta) }
    for page in tree.freelistPages where reachable.contains(PageID(page)) { uses.specify(page, .tree, as: .freelist) }
    for error in errors.errors { if let page = error.page { uses.mark(page.rawValue, .damaged) } }
    return uses
  }
}

extension Tree {
  /// The pages of the stored freelist; none where none is stored.
  fileprivate var freelistPages: Range<UInt64> {
    guard let bytes = freelistBytes, !bytes.isEmpty else { return 0..<0 }
    let pageSize = UInt64(meta.pageSize)
    return bytes.lowerBound / pageSize..<(bytes.upperBound - 1) / pageSize + 1
  }
}
