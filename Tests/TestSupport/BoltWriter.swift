/// Builds bbolt files (format version 2) from scratch, byte by byte, from `BoltBucket` descriptions.
///
/// It shares no code with the reader under test: its authority is the written format, bbolt's own files, and etcdctl.
/// ```swift
/// var writer = BoltWriter(pageSize: 4096)
/// writer.packing.rowsPerLeaf = 3
/// writer.freePages[2] = writer.encoder.leaf(2, [.init(staleKey, staleValue)])
/// var image = writer.image(root)
/// image.setMetas(.highWater, to: .max)
/// ```
public struct BoltWriter: Sendable {
  /// The byte order of the machine that wrote the file.
  public enum ByteOrder: Hashable, Sendable, CaseIterable {
    /// amd64, arm64, ppc64le, riscv64, …
    case little
    /// s390x, ppc64, mips64.
    case big
  }

  /// How rows are spread over pages. A page takes at least two elements, like bbolt's, unless a count says otherwise:
  /// big elements make it a run of several pages.
  public struct Packing: Hashable, Sendable {
    /// Most rows of one leaf.
    public var rowsPerLeaf: Int
    /// Most children of one branch; at least 2.
    public var childrenPerBranch: Int
    /// Bytes of a leaf or branch, in pages: bbolt's own is 0.5, etcd's defrag 0.9. Infinity lets the counts decide alone.
    public var fill: Double

    /// The most elements a page can have: its count is 16 bits wide, and bbolt refuses 0xFFFF.
    public static let mostElements = 65_534

    /// A packing; by default single pages as full as they get.
    public init(rowsPerLeaf: Int = mostElements, childrenPerBranch: Int = mostElements, fill: Double = 1) {
      self.rowsPerLeaf = rowsPerLeaf
      self.childrenPerBranch = childrenPerBranch
      self.fill = fill
    }
  }

  /// In which order the pages of a tree get their numbers.
  public enum Placement: Hashable, Sendable {
    /// Leaves before branches, the root last, as bbolt spills.
    case childrenFirst
    /// The root first.
    case parentsFirst
    /// Any order; the same for the same seed.
    case shuffled(seed: UInt64)
  }

  /// What the two meta pages say.
  public enum MetaStyle: Hashable, Sendable {
    /// Both the newest tree, meta 0 with `txid`, meta 1 with `txid` − 1 (bbolt: tx.go, WriteTo).
    case snapshot
    /// A copy of a database file: transaction n in meta n mod 2, the one before it in the other.
    case rawCopy
  }

  /// How the free page numbers are kept.
  public enum Freelist: Hashable, Sendable {
    /// Not at all, as etcd does on Linux.
    case notStored
    /// In a freelist page.
    case stored
    /// In a freelist page with the count 0xFFFF, however few they are.
    case storedLong
  }

  /// Bytes per page.
  public let pageSize: Int
  /// The order of all of bbolt's integers.
  public let byteOrder: ByteOrder
  /// How rows are spread over pages.
  public var packing = Packing()
  /// How the pages of the trees are numbered.
  public var placement = Placement.childrenFirst
  /// What the meta pages say.
  public var metas = MetaStyle.snapshot
  /// The newest transaction.
  public var txid: UInt64 = 2
  /// How free pages are recorded.
  public var freelist = Freelist.notStored
  /// Pages that no tree may take, by number, and what lies in them, zeros added. What is longer than a page takes the
  /// next ones too. Numbers past the trees raise the high-water mark.
  public var freePages: [UInt64: [UInt8]] = [:]
  /// What follows the high-water mark.
  public var tail: [UInt8] = []

  /// A writer of files with this page size.
  ///
  /// - Precondition: `pageSize` is a power of two in 512 … 16 MiB.
  public init(pageSize: Int = 4096, byteOrder: ByteOrder = .little) {
    precondition(pageSize.nonzeroBitCount == 1 && (512...16 << 20).contains(pageSize), "no page size of bbolt")
    self.pageSize = pageSize
    self.byteOrder = byteOrder
  }

  /// Encodes single pages of this file's size and byte order.
  public var encoder: BoltPageEncoder { BoltPageEncoder(pageSize: pageSize, byteOrder: byteOrder) }

  /// A file whose newest transaction holds `root`, and the one before it `previous`.
  ///
  /// The pages of `previous` are free in the newest transaction, except those of top-level buckets that didn't change:
  /// these are shared, as copy-on-write does. Only with `rawCopy` metas does a meta page still lead to `previous`.
  public func image(_ root: BoltBucket, previous: BoltBucket? = nil) -> BoltImage {
    var layout = BoltLayout(self)
    let old = previous.map { layout.commit($0, txid: txid - 1, isNewest: false) }
    let new = layout.commit(root, txid: txid, after: old, isNewest: true)
    return layout.image(newest: new, previous: old)
  }
}
