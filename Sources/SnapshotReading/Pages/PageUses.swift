import BoltFormat
import VerificationModel

/// What each page of a file holds, one byte a page that was read, as far as it is known.
package struct PageUses: Sendable {
  private var uses: [PageMap.Use]
  /// Pages behind these that lie in a hole.
  private let hollow: UInt64

  /// The `pages` pages of a file, of which the last `hollow` lie in a hole, those of `inUse` are in use, and the others
  /// hold what `others` says. O(pages - hollow).
  init(inUse: PageSet, of pages: UInt64, hollow: UInt64, others: PageMap.Use) {
    self.hollow = min(hollow, pages)
    uses = (0..<pages - self.hollow).map { inUse.contains(PageID($0)) ? .tree : others }
  }

  /// The page's use so far; nil in the hole, and behind the file's last whole page.
  private subscript(page: UInt64) -> PageMap.Use? { page < UInt64(uses.count) ? uses[Int(page)] : nil }

  /// Says of a page, which need not be there, what it is more exactly, where nothing is known but `kind`.
  mutating func specify(_ page: UInt64, _ kind: PageMap.Use, as use: PageMap.Use) {
    if self[page] == kind { uses[Int(page)] = use }
  }

  /// Adds a use of a page, which need not be there: the graver one counts.
  package mutating func mark(_ page: UInt64, _ use: PageMap.Use) {
    if let known = self[page], use.rawValue < known.rawValue { uses[Int(page)] = use }
  }

  /// The map that these pages make. O(pages that were read).
  package var map: PageMap { PageMap(of: uses, zerosBehind: Int(clamping: hollow)) }
}
