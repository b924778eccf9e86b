import BoltFormat

/// Which bytes of a file the pages in use own.
struct PageOwnership: Sendable {
  /// The pages in use, each with its overflow.
  let owned: PageSet
  /// Of these, those at which a run begins.
  let heads: PageSet
  /// The pages that look like sound pages of bucket `key`.
  let catalog: PageCatalog
  let pageSize: Int

  /// Whether a page in use owns where `candidate`'s value begins.
  func owns(_ candidate: Candidate) -> Bool { owns(candidate.valueOffset, isSlack: candidate.isSlack) }

  /// Whether a page in use owns the byte at `offset`. What lies behind the last element of a page, no page owns, unless the
  /// page is part of another one's value.
  func owns(_ offset: UInt64, isSlack: Bool) -> Bool {
    var page = PageID(offset / UInt64(pageSize))
    guard owned.contains(page) else { return false }
    guard isSlack else { return true }
    while page.rawValue > 0, catalog.entry(of: page.rawValue) == nil, !heads.contains(page) {
      page = PageID(page.rawValue - 1)
    }
    return owned.contains(page) && !heads.contains(page)
  }
}
