import BoltFormat
import VerificationModel

/// Reads a file once more for what lies in bytes that none of the given pages, which are those in use, owns; goes on with
/// what is left of a budget.
package typealias ResidueReading = (PageSet, SearchBudget) -> ResidueFinds?

/// What a scan found in bytes that no page owns, once it is known which pages are in use.
package struct ResidueResolution {
  private var list: CandidateList
  private let finds: ResidueFinds
  private let ownership: PageOwnership
  private let elsewhere: [PlaintextElsewhere]
  private let pagesInFile: UInt64

  /// nil when `scan` was not asked for it. Where there was no room for all that may be unowned, the file is read once more;
  /// where that can't be done, an error says so.
  ///
  /// - Parameters:
  ///   - catalog: what is known of the pages.
  ///   - owned: the pages in use.
  ///   - heads: of those of bucket `key`, the pages at which a run begins.
  ///   - reader: has the pages in use that were read by themselves, and what beside bucket `key` is in use.
  ///   - rows: those of sound pages that may not be in use that no etcd wrote.
  init?(
    of scan: inout PageScan, _ catalog: PageCatalog, owned: PageSet, heads: PageSet, _ reader: StoreReader,
    unowned rows: [ImpossibleRow] = [], _ tree: Tree, _ reread: ResidueReading?, _ errors: inout ErrorList
  ) {
    guard var finds = scan.residue else { return nil }
    if finds.isFull, let again = reread?(owned, finds.budget) { finds = again }
    var heads = heads
    for page in 0..<min(2, tree.pageBound) { heads.insert(PageID(page)) }
    for page in reader.pages { heads.insert(page.page) }
    let unread = reader.pages.filter { catalog.entry(of: $0.page.rawValue) == nil }
    for error in finds.searchSlack(of: unread, in: tree) { errors.add(error) }
    if catalog.lacksImpossibleRows {
      errors.add(
        VerificationError(
          code: "ambiguous-rows",
          message: "more rows are not as etcd writes them than can be kept until the pages in use are known"))
    }
    var unreadMargins: [BoltError] = []
    for row in rows where !owned.contains(PageID(row.offset / UInt64(tree.meta.pageSize))) {
      for margin in row.margins { finds.searchWhole(margin, isSlack: false, tree, &unreadMargins) }
    }
    for error in unreadMargins { errors.add(error) }
    ownership = PageOwnership(owned: owned, heads: heads, slack: finds.slack, pageSize: tree.meta.pageSize)
    let (found, unreadable) = finds.search(reader.foreign, in: tree)
    elsewhere = found
    for error in unreadable { errors.add(error) }
    if finds.isFull || reader.foreign.isFull {
      errors.add(
        VerificationError(
          code: "ambiguous-runs",
          message: "more seems to lie in bytes that no page owns than can be kept until the pages in use are known: "
            + "save the stream to a file and verify that, or leave the residue out with --layers live,history"))
    }
    if finds.budget.isOverdrawn {
      errors.add(
        VerificationError(
          code: "residue-unsearched",
          message: "free pages hold so much that looks like the beginning of a row or an object that not all of it was "
            + "examined: Secrets may lie there that this report does not name"))
    }
    var list = scan.unowned(ownership)
    list.join(finds.list.unowned(ownership))
    self.list = list
    finds.removeRows()
    self.finds = finds
    pagesInFile = tree.pagesInFile
  }

  /// Hands over the rows and objects in the clear, in scope below whatever prefix turns out to count, and leaves none.
  package mutating func takeList() -> CandidateList { list.take() }

  /// What the search examined, and of how much.
  var budget: SearchBudget { finds.budget }

  /// All of it.
  ///
  /// - Parameter candidates: those of the list that are in scope.
  package func contents(_ candidates: SegmentedArray<Candidate>) -> ResidueContents {
    ResidueContents(finds, candidates, ownership, elsewhere, pagesInFile: pagesInFile)
  }
}
