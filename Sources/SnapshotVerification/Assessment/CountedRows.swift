import SnapshotReading

/// The rows in use that a report is about, with their numbers among all candidates, as the file has them. The one enumeration
/// of them: what is counted, what is held against a configuration, and what listeners are told.
///
/// These are the rows in scope, but for resources that a configuration takes out of it; and, where they are asked for, those
/// that lie elsewhere and are flagged.
struct CountedRows: Sequence {
  private let store: StoreContents
  private let comparison: ConfigurationComparison?
  private let flags: FlaggedRules?

  /// The rows of `store` that count, and those that `flags` has rules for.
  init(of store: StoreContents, _ comparison: ConfigurationComparison?, andFlagged flags: FlaggedRules? = nil) {
    self.store = store
    self.comparison = comparison
    self.flags = flags
  }

  struct Iterator: IteratorProtocol {
    private var candidates: EnumeratedSequence<SegmentedArray<Candidate>>.Iterator
    private let comparison: ConfigurationComparison?
    private let flags: FlaggedRules?

    fileprivate init(_ rows: CountedRows) {
      candidates = rows.store.list.candidates.enumerated().makeIterator()
      comparison = rows.comparison
      flags = rows.flags
    }

    mutating func next() -> (number: Int, candidate: Candidate)? {
      while let (number, candidate) = candidates.next() {
        if candidate.isCounted(by: comparison) || flags?.isFlagged(number) == true { return (number, candidate) }
      }
      return nil
    }
  }

  func makeIterator() -> Iterator { Iterator(self) }
}
