import BoltFormat
import VerificationModel

/// What each page of a file holds, one byte a page, as far as it is known.
package struct PageUses: Sendable {
  private var uses: [PageMap.Use]

  /// The first `pages` pages of a file, of which those of `inUse` are in use and the others hold what `others` says.
  /// O(pages).
  init(inUse: PageSet, of pages: UInt64, others: PageMap.Use) {
    uses = (0..<pages).map { inUse.contains(PageID($0)) ? .tree : others }
  }

  /// The page's use so far; nil behind the file's last whole page.
  private subscript(page: UInt64) -> PageMap.Use? { page < UInt64(uses.count) ? uses[Int(page)] : nil }

  /// Says of a page, which need not be there, what it is more exactly, where nothing is known but `kind`.
  mutating func specify(_ page: UInt64, _ kind: PageMap.Use, as use: PageMap.Use) {
    if self[page] == kind { uses[Int(page)] = use }
  }

  /// Adds a use of a page, which need not be there: the graver one counts.
  package mutating func mark(_ page: UInt64, _ use: PageMap.Use) {
    if let known = self[page], use.rawValue < known.rawValue { uses[Int(page)] = use }
  }

  /// The map that these pages make. O(pages).
  package var map: PageMap { PageMap(of: uses) }
}

extension PageUses {
  /// The pages of a file that no page in use owns, by what was found in them; and those in use.
  ///
  /// - Parameters:
  ///   - candidates: objects in scope that can be read there.
  ///   - unexplained: pages with bytes that nothing accounts for.
  init(
    _ finds: ResidueFinds, _ ownership: PageOwnership, _ candidates: SegmentedArray<Candidate>,
    unexplained: [SnapshotReport.UnexplainedPage], _ elsewhere: [PlaintextElsewhere], of pages: UInt64
  ) {
    self.init(inUse: ownership.owned, of: pages, others: .accountedFor)
    func isFree(_ page: UInt32) -> Bool { !ownership.owned.contains(PageID(UInt64(page))) }
    for page in finds.pages.zero where isFree(page) { specify(UInt64(page), .accountedFor, as: .zero) }
    for place in unexplained { mark(place.page.rawValue, .unexplained) }
    for page in finds.pages[.secret] where isFree(page) { mark(UInt64(page), .readableResidue) }
    let pageSize = UInt64(ownership.pageSize)
    for candidate in candidates { mark(candidate.valueOffset / pageSize, .readableResidue) }
    for find in elsewhere { mark(find.offset / pageSize, .readableValues) }
  }
}

extension StoreContents {
  /// What the pages of `tree`, whose contents these are, hold: what no page in use owns only where it was examined. O(pages).
  package func pageUses(of tree: Tree) -> PageUses {
    var uses = residue?.uses ?? PageUses(inUse: reachable, of: tree.pagesInFile, others: .unexamined)
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
