import BoltFormat
import EtcdStorage

/// What lies in the bytes of a store that no page in use owns.
struct ResidueContents: Sendable {
  /// Objects in the clear and in scope, with their rows or without; one of several copies may be missing its end.
  let candidates: [Candidate]
  /// Where signs of Secrets lie that belong to no object that could be recovered, in ascending order.
  let fragments: [UInt64]
  /// The pages, by what is known of them.
  let pages: SnapshotReport.ResidueSummary
  /// Makes the digests of the candidates' keys.
  let digests: KeyDigest.Maker
  /// Whether there was no room for all that was found.
  let isIncomplete: Bool

  /// What `finds` holds that no page owns.
  ///
  /// - Parameter candidates: the objects, in scope.
  init(_ finds: ResidueFinds, _ candidates: [Candidate], _ ownership: PageOwnership, pagesInFile: UInt64) {
    self.candidates = candidates
    digests = finds.digests
    isIncomplete = finds.isFull
    fragments = finds.fragments.filter { !ownership.owns($0.offset, isSlack: $0.isSlack) }.map(\.offset).sorted()
    pages = SnapshotReport.ResidueSummary(finds.pages, ownership, pagesInFile: pagesInFile)
  }
}

extension SnapshotReport.ResidueSummary {
  /// Counts the pages that none in use owns; and those in use with slack that is not accounted for.
  fileprivate init(_ pages: ResiduePages, _ ownership: PageOwnership, pagesInFile: UInt64) {
    func count(_ numbers: [UInt32]) -> UInt64 {
      UInt64(Set(numbers.filter { !ownership.owned.contains(PageID(UInt64($0))) }).count)
    }
    func countSlack(_ numbers: [UInt32]) -> UInt64 {
      UInt64(Set(numbers.filter { !ownership.owns(UInt64($0) * UInt64(ownership.pageSize), isSlack: true) }).count)
    }
    let unowned = pagesInFile - ownership.owned.count
    let zero = count(pages.zero)
    let unexplained = count(pages.unexplained)
    self.init(
      zeroPages: zero, explainedPages: unowned - min(unowned, zero + unexplained),
      unexplainedPages: unexplained + countSlack(pages.slack),
      unexplainedReadablePages: count(pages.readable) + countSlack(pages.readableSlack))
  }
}
