import BoltFormat
import VerificationModel

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
    self.init(inUse: ownership.owned, of: pages, hollow: finds.pages.hollow, others: .accountedFor)
    func isFree(_ page: UInt32) -> Bool { !ownership.owned.contains(PageID(UInt64(page))) }
    for page in finds.pages.zero where isFree(page) { specify(UInt64(page), .accountedFor, as: .zero) }
    for place in unexplained { mark(place.page.rawValue, .unexplained) }
    for page in finds.pages[.secret] where isFree(page) { mark(UInt64(page), .readableResidue) }
    let pageSize = UInt64(ownership.pageSize)
    for candidate in candidates { mark(candidate.valueOffset / pageSize, .readableResidue) }
    for find in elsewhere { mark(find.offset / pageSize, .readableValues) }
  }
}
