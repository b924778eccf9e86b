/// What an inspection needs to know of the pages as they go by.
struct PageMeasures: Sendable {
  /// A sound page of bucket `key`, with its overflow.
  struct Page: Sendable, BitwiseCopyable {
    /// CRC-32C over the keys and values of a leaf, in order; of a branch, of nothing.
    let checksum: UInt32
    /// Bytes of its header, element table, keys and values.
    let usedBytes: UInt32
    /// Bytes of the values in it, those of tombstones apart.
    let valueBytes: UInt32
    /// Bytes of its rows that none of their fields has.
    let marginBytes: UInt32
    /// Whether what lies behind its last element is zero.
    let isEndZero: Bool
  }

  /// Under the numbers that they have in ``PageCatalog/leaves``.
  private(set) var leaves = SegmentedArray<Page>()
  /// Under the numbers that they have in ``PageCatalog/branches``.
  private(set) var branches: [Page] = []
  /// The pages in which every byte is zero, in ascending order.
  private(set) var zeros: [Range<UInt64>] = []

  /// Adds the leaf that the catalog gets next.
  mutating func add(leaf: Page) { leaves.append(leaf) }

  /// Adds the branch that the catalog gets next.
  mutating func add(branch: Page) { branches.append(branch) }

  /// Adds a page in which every byte is zero, behind those before.
  mutating func add(zero page: UInt64) { add(zeros: page..<page + 1) }

  /// Adds pages in which every byte is zero, behind those before.
  mutating func add(zeros pages: Range<UInt64>) {
    if let last = zeros.last, last.upperBound == pages.lowerBound {
      zeros[zeros.count - 1] = last.lowerBound..<pages.upperBound
    } else {
      zeros.append(pages)
    }
  }

  /// Adds all of `other`, whose pages come next; its branches only if the catalog takes them.
  mutating func add(_ other: PageMeasures, withBranches: Bool) {
    for leaf in other.leaves { leaves.append(leaf) }
    if withBranches { branches += other.branches }
    for pages in other.zeros { add(zeros: pages) }
  }

  /// Forgets all pages, but keeps the memory for others.
  mutating func removeAll() {
    leaves.removeLast(to: 0)
    branches.removeAll(keepingCapacity: true)
    zeros.removeAll(keepingCapacity: true)
  }
}
