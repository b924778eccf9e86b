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
  package mutating func count(_ page: PageUse) {
    count(page.kind == .branch ? .branch : .leaf, overflow: page.overflow, usedBytes: page.usedBytes)
  }

  /// Counts a branch or leaf, and the pages that continue it. The bytes used are its first: elements are dense.
  package mutating func count(_ kind: Kind, overflow: UInt32, usedBytes: UInt64) {
    let first = min(usedBytes, UInt64(pageSize))
    self[kind].count += 1
    self[kind].usedBytes += first
    guard overflow > 0 else { return }
    self[.overflow].count += UInt64(overflow)
    self[.overflow].usedBytes += usedBytes - first
  }

  /// Counts the pages that `other` has counted.
  package mutating func count(_ other: PageCensus) {
    for kind in Kind.allCases where other[kind].count > 0 {
      self[kind].count += other[kind].count
      self[kind].usedBytes += other[kind].usedBytes
    }
  }

  /// Pages that the meta reaches.
  public var live: UInt64 { usage.values.reduce(0) { $0 + $1.count } }
}
