/// Which pages a walk has been to, and which belong to a run that it took.
///
/// One bit for each page: a cycle, a subtree with two parents or runs that overlap are met by refusing the second claim.
final class Claims {
  /// Pages of runs that were taken.
  private(set) var owned: PageSet
  /// Pages that were referred to, taken or not: a page that was refused once is not read again.
  private var seen: PageSet

  /// Claims on the pages 0 up to `capacity`.
  init(capacity: UInt64) {
    owned = PageSet(capacity: capacity)
    seen = PageSet(capacity: capacity)
  }

  /// Whether `page` is referred to for the first time, and belongs to no run yet.
  func visit(_ page: PageID) -> Bool {
    seen.insert(page) && !owned.contains(page)
  }

  /// Takes `page` and the pages of its overflow, unless one of them is taken.
  func take(_ page: PageID, overflow: UInt64) -> Bool {
    owned.insertIfDisjoint(page.rawValue..<(page.rawValue + overflow + 1))
  }

  /// Takes the pages that were found to be in use beside those taken before.
  func add(_ pages: PageSet) { owned = pages }

  /// Forgets everything.
  func removeAll() {
    owned = PageSet(capacity: owned.capacity)
    seen = PageSet(capacity: seen.capacity)
  }
}
