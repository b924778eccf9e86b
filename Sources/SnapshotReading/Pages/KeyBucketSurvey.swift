import BoltFormat
import EtcdStorage
import VerificationModel

/// The leaves of bucket `key`, as the branch pages of a catalog lead to them from the bucket's root.
///
/// Made only of a tree that is sound in every respect that ``Tree`` checks: anything else is for that to read and to
/// report.
package struct KeyBucketSurvey {
  /// The numbers of the bucket's leaves in the catalog, in the order of their keys.
  package private(set) var leaves: [Int] = []
  /// The pages in use: those handed in, and the bucket's.
  package private(set) var owned: PageSet

  /// Of the bucket's pages, those at which a run begins.
  private(set) var heads: PageSet

  /// Pages that are not sound, or not there; of a tree that is damaged.
  package private(set) var faults = ErrorList()

  /// Pages below the bound that are referred to, and are not sound; of a tree that is damaged.
  private(set) var refused: PageSet

  private let catalog: PageCatalog
  private let toleratesFaults: Bool
  private var leafDepth: Int?
  private var last = Revision(main: -1, sub: 0)

  /// Follows the branches of `catalog` from `root`; `owned` are the pages that other parts of the file use. nil when a
  /// page is not in the catalog or not sound, or does not stand where it must. O(pages of the bucket).
  init?(from root: PageID, in catalog: PageCatalog, owned: PageSet) {
    self.catalog = catalog
    self.owned = owned
    heads = PageSet(capacity: owned.capacity)
    refused = heads
    toleratesFaults = false
    guard follow(root.rawValue, under: nil, depth: 1) else { return nil }
  }

  /// Follows the branches of `catalog` from `root` as far as they lead, passing over what is not sound.
  init(ofDamaged root: PageID, in catalog: PageCatalog, owned: PageSet) {
    self.catalog = catalog
    self.owned = owned
    heads = PageSet(capacity: owned.capacity)
    refused = heads
    toleratesFaults = true
    _ = follow(root.rawValue, under: nil, depth: 1)
  }

  /// Takes `page`, or tells what is wrong with it and goes on, if that is tolerated.
  private mutating func follow(_ page: UInt64, under fingerprint: UInt32?, depth: Int) -> Bool {
    if take(page, under: fingerprint, depth: depth) { return true }
    guard toleratesFaults else { return false }
    if page < owned.capacity { refused.insert(PageID(page)) }
    let code: BoltError.Code = page < owned.capacity ? .pageUnsound : .pageOutOfBounds
    faults.add(BoltError(code, page: PageID(page), found: page, bound: owned.capacity))
    return true
  }

  /// Takes `page`, to whose first key its parent's key for it must be equal.
  private mutating func take(_ page: UInt64, under fingerprint: UInt32?, depth: Int) -> Bool {
    guard page >= 2, depth <= Tree.maximumDepth, let entry = catalog.entry(of: page) else { return false }
    switch entry {
    case .leaf(let number):
      let leaf = catalog.leaves[number]
      guard fingerprint ?? leaf.first.fingerprint == leaf.first.fingerprint, last < leaf.first.revision,
        leafDepth ?? depth == depth, take(page, leaf.overflow)
      else { return false }
      leafDepth = depth
      last = leaf.last.revision
      leaves.append(number)
      return true
    case .branch(let number):
      let children = catalog.children(of: number)
      guard let first = children.first.map({ catalog.children[$0] }),
        fingerprint ?? first.fingerprint == first.fingerprint, take(page, catalog.branches[number].overflow)
      else { return false }
      return children.allSatisfy { index in
        let child = catalog.children[index]
        return follow(UInt64(child.page), under: child.fingerprint, depth: depth + 1)
      }
    }
  }

  private mutating func take(_ page: UInt64, _ overflow: UInt32) -> Bool {
    let end = page + UInt64(overflow) + 1
    guard end <= owned.capacity, owned.insertIfDisjoint(page..<end) else { return false }
    heads.insert(PageID(page))
    return true
  }
}
