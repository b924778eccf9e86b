import BoltFormat

/// Which bytes of a file the pages in use own.
package struct PageOwnership: Sendable {
  /// The pages in use, each with its overflow.
  package let owned: PageSet
  /// Of these, those at which a run begins.
  let heads: PageSet
  package let pageSize: Int
  /// What lies behind the last element of runs in use that have several pages, in ascending order. Runs in use do not
  /// overlap, so these do not.
  private let slack: [Range<UInt64>]

  /// The pages of `owned`, at `heads` of which runs begin; of `slack`, what concerns other runs is left out.
  init(owned: PageSet, heads: PageSet, slack: [RunSlack], pageSize: Int) {
    self.owned = owned
    self.heads = heads
    self.pageSize = pageSize
    self.slack = slack.filter { heads.contains(PageID($0.page)) }.map(\.range).sorted { $0.lowerBound < $1.lowerBound }
  }

  /// Whether a page in use owns where `candidate`'s value begins.
  package func owns(_ candidate: Candidate) -> Bool { owns(candidate.valueOffset, isSlack: candidate.isSlack) }

  /// Whether a page in use owns the byte at `offset`. What lies behind the last element of a page, no page owns, unless that
  /// page is part of another one's value. O(log runs).
  package func owns(_ offset: UInt64, isSlack: Bool) -> Bool {
    let page = PageID(offset / UInt64(pageSize))
    guard owned.contains(page) else { return false }
    guard isSlack else { return true }
    return !heads.contains(page) && !isSlackOfRun(offset..<(offset + 1))
  }

  /// Whether bytes of `page`, which were met behind the last element of a run, lie behind that of a run in use.
  func hasSlack(_ page: PageID) -> Bool {
    let start = page.rawValue * UInt64(pageSize)
    return heads.contains(page) || isSlackOfRun(start..<(start + UInt64(pageSize)))
  }

  /// Whether one of ``slack`` has bytes in common with `range`.
  private func isSlackOfRun(_ range: Range<UInt64>) -> Bool {
    let first = slack.partitionIndex { $0.upperBound > range.lowerBound }
    return first < slack.count && slack[first].lowerBound < range.upperBound
  }
}

/// What lies behind the last element of a run, which may be in use, and is not zero.
package struct RunSlack: Sendable {
  /// The run's first page.
  package let page: UInt64
  /// Where in the file it lies.
  package let range: Range<UInt64>
}
