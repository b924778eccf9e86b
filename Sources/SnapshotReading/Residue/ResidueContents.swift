import BoltFormat
import EtcdStorage
import VerificationModel

/// What lies in the bytes of a store that no page in use owns.
package struct ResidueContents: Sendable {
  /// Objects in the clear and in scope, with their rows or without; one of several copies may be missing its end.
  package let candidates: SegmentedArray<Candidate>
  /// Where signs of Secrets lie that belong to no object that could be recovered, in ascending order: the first
  /// ``mostFragments`` of them.
  package private(set) var fragments: [UInt64] = []
  /// How many of these signs there are.
  package private(set) var fragmentCount = 0
  /// No more findings than this have details (`--max-findings`).
  private static let mostFragments = 100_000
  /// The pages, by what is known of them.
  package let pages: SnapshotReport.ResidueSummary
  /// What each page of the file holds, as far as it is known from what no page in use owns.
  private(set) var uses: PageUses
  /// Makes the digests of the candidates' keys.
  package let digests: KeyDigest.Maker
  /// What lies in the clear where no values of keys lie.
  package let elsewhere: [PlaintextElsewhere]
  /// Pages in use behind whose last element whole rows lie, and how many.
  package let withheld: [WithheldRows]
  /// Whether there was no room for all that was found, or not all was searched.
  let isIncomplete: Bool

  /// What `finds` holds that no page owns.
  ///
  /// - Parameter candidates: the objects, in scope.
  package init(
    _ finds: ResidueFinds, _ candidates: SegmentedArray<Candidate>, _ ownership: PageOwnership,
    _ elsewhere: [PlaintextElsewhere],
    pagesInFile: UInt64
  ) {
    self.elsewhere = elsewhere
    withheld = WithheldRows.inSlack(finds.rowsInSlack, ownership)
    self.candidates = candidates
    digests = finds.digests
    isIncomplete = finds.isFull || finds.budget.isOverdrawn
    pages = SnapshotReport.ResidueSummary(finds.pages, ownership, pagesInFile: pagesInFile)
    uses = PageUses(
      finds, ownership, candidates, unexplained: pages.unexplained, elsewhere, of: pagesInFile)
    for fragment in finds.fragments where !ownership.owns(fragment.offset, isSlack: fragment.isSlack) {
      fragmentCount += 1
      uses.mark(fragment.offset / UInt64(ownership.pageSize), .readableResidue)
      fragments.append(fragment.offset)
      if fragments.count == 2 * Self.mostFragments { keepFirstFragments() }
    }
    keepFirstFragments()
  }

  private mutating func keepFirstFragments() {
    fragments.sort()
    fragments.removeLast(max(0, fragments.count - Self.mostFragments))
  }
}

extension SnapshotReport.ResidueSummary {
  /// Counts the pages that none in use owns; and those in use with slack that is not accounted for.
  fileprivate init(_ pages: ResiduePages, _ ownership: PageOwnership, pagesInFile: UInt64) {
    let unowned = pagesInFile - ownership.owned.count
    var places: [UInt32: SnapshotReport.UnexplainedPage] = [:]
    var slackPages = 0
    for found in pages.unexplained {
      let page = PageID(UInt64(found.page))
      let start = page.rawValue * UInt64(ownership.pageSize)
      let isInUse = ownership.owned.contains(page)
      guard found.isSlack ? !isInUse || ownership.hasSlack(page) : !isInUse else { continue }
      if isInUse, places[found.page] == nil { slackPages += 1 }
      let place = SnapshotReport.UnexplainedPage(
        page: page, offset: ByteOffset(start + UInt64(found.offset)), isReadable: found.isReadable)
      places[found.page] = places[found.page]?.joined(with: place) ?? place
    }
    func numbers(_ pages: [UInt32]) -> Set<UInt32> {
      Set(pages.filter { !ownership.owned.contains(PageID(UInt64($0))) && places[$0] == nil })
    }
    let zero = UInt64(numbers(pages.zero).count) + pages.hollow
    let unexplained = UInt64(places.count - slackPages)
    self.init(
      zeroPages: zero, explainedPages: unowned - min(unowned, zero + unexplained),
      unexplained: places.values.sorted { $0.offset < $1.offset },
      ciphertextPages: UInt64(numbers(pages[.ciphertext]).count), secretPages: UInt64(numbers(pages[.secret]).count),
      otherObjectPages: UInt64(numbers(pages[.otherObject]).count))
  }
}
