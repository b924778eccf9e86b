import BoltFormat

/// The pages of a file by what they are for.
///
/// Every whole page of the file is counted once: as one of the kinds, or as unreachable.
public struct PageCensus: Sendable, Hashable {
  /// What a page that the meta reaches is for.
  public enum Kind: String, Sendable, CaseIterable {
    /// The first page of a branch.
    case branch
    /// The first page of a leaf.
    case leaf
    /// A page that continues a branch or leaf.
    case overflow
    case meta
    /// A page of the stored freelist.
    case freelist
  }

  /// The pages of one kind.
  public struct Usage: Sendable, Hashable {
    /// Pages.
    public var count: UInt64 = 0
    /// Bytes in them that mean something: headers, element tables, keys and values.
    public var usedBytes: UInt64 = 0

    /// The given figures.
    public init(count: UInt64 = 0, usedBytes: UInt64 = 0) {
      self.count = count
      self.usedBytes = usedBytes
    }
  }

  /// Bytes in a page.
  public let pageSize: Int
  /// Pages that the meta does not reach: free ones, those behind damage, and those beyond the high-water mark.
  public var unreachable: UInt64 = 0
  /// Of ``unreachable``, pages in which every byte is zero; the others hold residue, or could not be read.
  public var zero: UInt64 = 0
  /// Of ``unreachable``, pages beyond the high-water mark.
  public var beyondHighWaterMark: UInt64 = 0
  /// Pages that the stored freelist names, by its own count; nil when none is stored, or its page can't be read.
  public var freelistEntries: UInt64?
  private var usage: [Kind: Usage] = [:]

  /// A census of no pages.
  public init(pageSize: Int) { self.pageSize = pageSize }

  /// The pages of `kind`.
  public subscript(kind: Kind) -> Usage {
    get { usage[kind] ?? Usage() }
    set { usage[kind] = newValue }
  }

  /// Bytes in `count` pages.
  public func bytes(_ count: UInt64) -> UInt64 { count * UInt64(pageSize) }

  /// How much of the pages of `kind` is used, from 0 to 1; nil when there are none.
  public func fill(_ kind: Kind) -> Double? {
    let usage = self[kind]
    return usage.count == 0 ? nil : Double(usage.usedBytes) / Double(bytes(usage.count))
  }

  /// Counts a page of the tree, and those that continue it.
  mutating func count(_ page: PageUse) {
    count(page.kind == .branch ? .branch : .leaf, overflow: page.overflow, usedBytes: page.usedBytes)
  }

  /// Counts a branch or leaf, and the pages that continue it. The bytes used are its first: elements are dense.
  mutating func count(_ kind: Kind, overflow: UInt32, usedBytes: UInt64) {
    let first = min(usedBytes, UInt64(pageSize))
    self[kind].count += 1
    self[kind].usedBytes += first
    guard overflow > 0 else { return }
    self[.overflow].count += UInt64(overflow)
    self[.overflow].usedBytes += usedBytes - first
  }

  /// Counts the pages that `other` has counted.
  mutating func count(_ other: PageCensus) {
    for kind in Kind.allCases where other[kind].count > 0 {
      self[kind].count += other[kind].count
      self[kind].usedBytes += other[kind].usedBytes
    }
  }

  /// Pages that the meta reaches.
  public var live: UInt64 { usage.values.reduce(0) { $0 + $1.count } }

  /// Counts the other pages of `tree`, of which a walk reached `reached`. O(file).
  ///
  /// - Parameters:
  ///   - zeros: the pages in which every byte is zero, where they can't be read again.
  ///   - note: is told how many bytes were read.
  mutating func countOthers(
    of tree: Tree, reached: PageSet, zeros: [Range<UInt64>]?, note: (Int) -> Void
  ) {
    let reachable = reached.count
    if let zeros {
      for page in zeros.joined() where !reached.contains(PageID(page)) { zero += 1 }
    } else {
      countZero(of: tree, reached: reached, note: note)
    }
    let treePages = [Kind.branch, .leaf, .overflow].reduce(0) { $0 + self[$1].count }
    let metas = min(2, tree.pageBound)
    self[.meta] = Usage(count: metas, usedBytes: metas * UInt64(Meta.byteCount))
    freelistEntries = tree.freelistEntries
    let freelist = reachable - metas - treePages
    if freelist > 0 { self[.freelist] = Usage(count: freelist, usedBytes: freelistBytes(in: freelist)) }
    unreachable = tree.pagesInFile - reachable
    beyondHighWaterMark = tree.pagesInFile - tree.pageBound
  }

  /// Reads the pages that were not reached, up to 1 MiB at once.
  private mutating func countZero(of tree: Tree, reached: PageSet, note: (Int) -> Void) {
    var bytes: [UInt8] = []
    let most = UInt64(max(1, (1 << 20) / pageSize))
    var page: UInt64 = 0
    while page < tree.pagesInFile {
      var end = page
      while end < tree.pagesInFile, end - page < most, !reached.contains(PageID(end)) { end += 1 }
      if end > page {
        let count = Int(end - page) * pageSize
        note(count)
        if (try? tree.source.read(count, at: page * UInt64(pageSize), into: &bytes)) != nil {
          // Sound: a byte is initialized memory of any pattern.
          let span = unsafe bytes.span.bytes
          for start in stride(from: 0, to: count, by: pageSize) where span.isZero(in: start..<(start + pageSize)) {
            zero += 1
          }
        }
      }
      page = max(end, page + 1)
    }
  }

  /// Bytes that the freelist's header and entries take of `pages` pages, however many entries it claims.
  private func freelistBytes(in pages: UInt64) -> UInt64 {
    let entries = min(freelistEntries ?? 0, bytes(pages) / 8)
    let words = entries >= UInt64(PageHeader.escapeCount) ? entries + 1 : entries
    return min(UInt64(PageHeader.byteCount) + 8 * words, bytes(pages))
  }
}
