/// Every byte of a file, by what it is part of: each in exactly one entry, so that the entries sum up to the file's size.
///
/// Each kind of bytes has one reader that judges it. Where the place of a find is told, it is told in the words of the
/// kind.
public struct Ledger: Sendable, Hashable {
  /// What bytes of a file are part of.
  public enum Kind: Sendable, Hashable {
    /// Headers and element tables of pages, meta pages, headers of buckets, the keys of rows of bucket `key`, and what a
    /// row has beside its value.
    case structure
    /// Values of rows in this part of the store.
    case values(Store, inScope: Bool)
    /// Bytes of a row of bucket `key` that are neither a value nor what etcd writes beside one: a field that is repeated or
    /// that etcd does not know, or the value of a tombstone.
    case rowMargin
    /// Rows of a bucket other than `key`; of those that etcd has, its name.
    case bucket(String?)
    /// What the page of the root bucket has beside the buckets that lie inside it.
    case root
    /// The freelist, or what lies behind its entries.
    case freelist
    /// Pages that the meta does not reach.
    case freePages(Filling)
    /// What lies behind the last element of a page in use.
    case pageEnds(Filling)
    /// What lies behind the last element of a page that overflows into others.
    case overflowEnds(Filling)
    /// The SHA-256, or what is left of it.
    case trailer
    /// What follows the SHA-256.
    case behindTrailer
    /// What lies behind the pages that the meta page counts, and before the SHA-256.
    case beyondHighWaterMark
    /// What could not be read, or is not as it must be: errors tell of it.
    case damage
  }

  /// Which rows of a key.
  public enum Store: Sendable, Hashable, CaseIterable {
    /// The newest, if it is not a tombstone.
    case live
    /// All others.
    case history
  }

  /// What lies in bytes that hold no rows in use.
  public enum Filling: Sendable, Hashable, CaseIterable {
    /// Zeros alone.
    case zero
    /// Anything else.
    case content
  }

  /// The bytes of one kind.
  public struct Entry: Sendable, Hashable {
    /// What they are part of.
    public let kind: Kind
    /// How many there are, at least one.
    public let bytes: UInt64
  }

  /// One for each kind of bytes that the file has, in a fixed order.
  public let entries: [Entry]

  /// The ledger of a file that has so many bytes of each kind.
  public init(_ bytes: [Kind: UInt64]) {
    entries = bytes.filter { $0.value > 0 }.map { Entry(kind: $0.key, bytes: $0.value) }
      .sorted { $0.kind.place < $1.kind.place }
  }

  /// The ledger of a file of which nothing could be read.
  public static func unreadable(bytes: UInt64) -> Ledger { Ledger([.damage: bytes]) }

  /// The bytes of all entries: the size of the file.
  public var total: UInt64 { entries.reduce(0) { $0 + $1.bytes } }

  /// The bytes of `kind`.
  public subscript(kind: Kind) -> UInt64 { entries.first { $0.kind == kind }?.bytes ?? 0 }
}

extension Ledger.Kind {
  /// etcd's buckets (server/storage/schema/bucket.go). Of others the name may be anything, a Secret too.
  private static let bucketNames: Set<String> = [
    "alarm", "auth", "authRoles", "authUsers", "cluster", "key", "lease", "members", "members_removed", "meta", "test",
  ]

  /// The rows of the bucket that is nested in these.
  package init(bucket names: [[UInt8]]) {
    guard names.count == 1, let name = names.first.map({ String(decoding: $0, as: UTF8.self) }),
      Self.bucketNames.contains(name)
    else {
      self = .bucket(nil)
      return
    }
    self = .bucket(name)
  }

  /// Machine-readable.
  public var name: String {
    switch self {
    case .structure: "structure"
    case .values(.live, inScope: true): "live-in-scope"
    case .values(.live, inScope: false): "live-out-of-scope"
    case .values(.history, inScope: true): "history-in-scope"
    case .values(.history, inScope: false): "history-out-of-scope"
    case .rowMargin: "row-margin"
    case .bucket, .root: "other-bucket"
    case .freelist: "freelist-page"
    case .freePages(.content): "free-page"
    case .freePages(.zero): "free-page-zero"
    case .pageEnds(.content): "page-end"
    case .pageEnds(.zero): "page-end-zero"
    case .overflowEnds(.content): "overflow-end"
    case .overflowEnds(.zero): "overflow-end-zero"
    case .trailer: "sha-256"
    case .behindTrailer: "behind-sha-256"
    case .beyondHighWaterMark: "beyond-high-water-mark"
    case .damage: "damage"
    }
  }

  /// Of rows of another bucket than `key`, which bucket; nil of all else.
  public var bucket: String? {
    switch self {
    case .bucket(let name): name ?? "other"
    case .root: "root"
    default: nil
    }
  }

  /// What follows "lies in".
  public var description: String {
    switch self {
    case .structure: "structure"
    case .values(.live, inScope: true): "live values in scope"
    case .values(.live, inScope: false): "live values out of scope"
    case .values(.history, inScope: true): "old values in scope"
    case .values(.history, inScope: false): "old values out of scope"
    case .rowMargin: "a part of a row that holds no value"
    case .bucket(let name?): "bucket \(name)"
    case .bucket(nil): "a bucket that etcd does not have"
    case .root: "the root bucket's page"
    case .freelist: "the freelist page"
    case .freePages(let filling): "free pages" + filling.remark
    case .pageEnds(let filling): "ends of pages" + filling.remark
    case .overflowEnds(let filling): "ends of overflow pages" + filling.remark
    case .trailer: "the SHA-256"
    case .behindTrailer: "bytes behind the SHA-256"
    case .beyondHighWaterMark: "bytes beyond the high-water mark"
    case .damage: "damage"
    }
  }

  /// What the reader does with such bytes that judges them.
  public var judgement: String {
    switch self {
    case .structure: "checked as structure"
    case .values(_, inScope: true): "classified"
    case .values(_, inScope: false), .rowMargin, .bucket, .root, .freelist: "searched for objects"
    case .freePages(.content), .pageEnds(.content), .overflowEnds(.content), .behindTrailer, .beyondHighWaterMark:
      "searched as residue"
    case .freePages(.zero), .pageEnds(.zero), .overflowEnds(.zero): "found to be zero"
    case .trailer: "compared"
    case .damage: "told as an error"
    }
  }

  /// Where its entry stands among others.
  fileprivate var place: (Int, String) {
    switch self {
    case .structure: (0, "")
    case .values(.live, let inScope): (inScope ? 1 : 2, "")
    case .values(.history, let inScope): (inScope ? 3 : 4, "")
    case .rowMargin: (5, "")
    case .root: (6, "")
    case .bucket(let name?): (7, name)
    case .bucket(nil): (8, "")
    case .freelist: (9, "")
    case .freePages(let filling): (filling == .content ? 10 : 11, "")
    case .pageEnds(let filling): (filling == .content ? 12 : 13, "")
    case .overflowEnds(let filling): (filling == .content ? 14 : 15, "")
    case .beyondHighWaterMark: (16, "")
    case .trailer: (17, "")
    case .behindTrailer: (18, "")
    case .damage: (19, "")
    }
  }
}

extension Ledger.Filling {
  fileprivate var remark: String { self == .zero ? ", all zero" : "" }
}
