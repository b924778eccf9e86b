/// Something in a bbolt file that is not as bbolt writes it.
///
/// The code is public and stable, so that a caller can match the one it expects:
///
/// ```swift
/// catch let error as BoltError where error.code == .truncated { … }
/// ```
public struct BoltError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong. The raw value is the identifier that reports print. `found` and `bound` are its two numbers.
  public enum Code: String, CaseIterable, Sendable {
    // The file as a whole.
    /// The file could not be read, or ended at `found` of `bound` bytes while it was.
    case readFailed = "read-failed"
    /// The file has `found` bytes, too few for two meta pages.
    case fileTooShort = "file-too-short"
    /// Neither meta page has bbolt's magic number.
    case notBolt = "not-bbolt"
    /// The meta page counts `bound` pages, and the file holds `found`.
    case truncated = "truncated"
    // Meta pages.
    /// The meta page does not have bbolt's magic number.
    case metaMagic = "meta-magic"
    /// The format version is `found`; only 2 exists.
    case metaVersion = "meta-version"
    /// The checksum (FNV-1a, 64 bits) is not that of the meta page's content.
    case metaChecksum = "meta-checksum"
    /// The page size is `found` bytes, which bbolt can't have written.
    case metaPageSize = "meta-page-size"
    /// The root is page `found`, outside of pages 2 to `bound` - 1.
    case metaRoot = "meta-root"
    /// The header of meta page `bound` does not say that it is this page. Harmless.
    case metaHeader = "meta-header"
    /// The meta pages are of transactions `found` and `bound`, which do not follow each other. Harmless.
    case metaTransactions = "meta-transactions"
    // Pages.
    /// Page `found` is referred to, and `bound` is the first that can't be.
    case pageOutOfBounds = "page-out-of-bounds"
    /// The page calls itself page `found`: it was never written, or overwritten.
    case pageID = "page-id"
    /// The page's flags, `found`, are no kind of page.
    case pageFlags = "page-flags"
    /// A page with the flags `found` stands where one of another kind must be.
    case pageKind = "page-kind"
    /// The tree refers to a page that is not what it must be.
    case pageUnsound = "page-unsound"
    /// The page is referred to more than once, or overlaps the run of another.
    case pageClaimedTwice = "page-claimed-twice"
    /// The page claims `found` overflow pages, beyond the last page.
    case overflowOutOfBounds = "overflow-out-of-bounds"
    /// The page claims `found` elements, more than bbolt writes.
    case elementCount = "element-count"
    /// The branch page has no elements.
    case emptyBranch = "empty-branch"
    /// The table of `found` elements does not fit the `bound` bytes of the page's run.
    case elementTable = "element-table"
    /// The tree is deeper than `bound` levels.
    case treeTooDeep = "tree-too-deep"
    /// The leaf stands at level `found`, others of its tree at level `bound`.
    case unevenDepth = "uneven-depth"
    // Elements.
    /// The element ends at byte `found` of a run of `bound` bytes, or begins in the element table.
    case elementOutOfBounds = "element-out-of-bounds"
    /// The element's data begin at byte `found` of the page; `bound` is the only place for them.
    case elementsNotDense = "elements-not-dense"
    /// Elements overlap so far that more than the `bound` bytes of the page would be read.
    case elementsOverlap = "elements-overlap"
    /// The element's flags are `found`, of which only bit 0 has a meaning.
    case elementFlags = "element-flags"
    /// The element has `found` bytes, more than the `bound` that are read at once.
    case elementTooLarge = "element-too-large"
    /// The key has `found` bytes; bbolt writes 1 to `bound`.
    case keySize = "key-size"
    /// The value has `found` bytes; bbolt writes at most `bound`.
    case valueSize = "value-size"
    /// The key does not come after the one before it.
    case keyOrder = "key-order"
    /// The key lies outside the range that its parent page gives.
    case keyRange = "key-range"
    // Buckets.
    /// The bucket's value has `found` bytes; it needs `bound` at least.
    case bucketValue = "bucket-value"
    /// The page of the inline bucket is no plain leaf page.
    case inlineBucket = "inline-bucket"
    /// Buckets are nested deeper than `bound` levels.
    case bucketNesting = "bucket-nesting"
    /// The root bucket holds a plain value, where only buckets can be.
    case rootBucketValue = "root-bucket-value"
    // The freelist.
    /// The freelist's `found` entries do not fit its `bound` bytes.
    case freelistCount = "freelist-count"
    /// The freelist names page `found`, outside of pages 2 to `bound` - 1.
    case freelistID = "freelist-id"
    /// The freelist names page `found` after page `bound`.
    case freelistOrder = "freelist-order"
    /// The freelist names page `found`, which the tree uses.
    case freelistReachable = "freelist-reachable"
    /// The freelist names `found` pages, and nothing uses `bound`.
    case freelistIncomplete = "freelist-incomplete"
  }

  /// What is wrong.
  public let code: Code
  /// The page concerned.
  public let page: PageID?
  /// The place concerned, in bytes from the start of the file.
  public let offset: ByteOffset?
  /// The number that was found.
  public let found: UInt64
  /// The number it is held against.
  public let bound: UInt64

  /// An error at a place, with the two numbers its sentence needs.
  public init(
    _ code: Code, page: PageID? = nil, offset: ByteOffset? = nil, found: UInt64 = 0, bound: UInt64 = 0
  ) {
    self.code = code
    self.page = page
    self.offset = offset
    self.found = found
    self.bound = bound
  }

  /// Whether bbolt would read the file all the same and nothing is lost: surgery tools leave such traces.
  public var isHarmless: Bool {
    switch code {
    case .metaHeader, .metaTransactions: true
    default: false
    }
  }

  /// A sentence, with page and offset.
  public var description: String {
    switch (page, offset) {
    case (let page?, let offset?): "\(sentence) (page \(page), offset \(offset))"
    case (let page?, nil): "\(sentence) (page \(page))"
    case (nil, let offset?): "\(sentence) (offset \(offset))"
    case (nil, nil): sentence
    }
  }

  /// The last page, where ``bound`` is the first that can't be.
  private var last: UInt64 { bound == 0 ? 0 : bound - 1 }

  var sentence: String {
    switch code {
    case .readFailed:
      bound == 0 ? "the file could not be read" : "the file ended while it was read: \(found) of \(bound) bytes came"
    case .fileTooShort: "the file is too short for a bbolt database: \(found) bytes"
    case .notBolt: "not a bbolt database: neither meta page carries its magic number"
    case .truncated: "truncated: the meta page counts \(bound) pages, the file holds \(found)"
    case .metaMagic: "the meta page does not carry bbolt's magic number"
    case .metaVersion: "the meta page says format version \(found); only version 2 exists"
    case .metaChecksum: "the meta page's checksum does not match its content"
    case .metaPageSize: "the meta page says a page size of \(found) bytes, which bbolt can't have written"
    case .metaRoot: "the meta page names page \(found) as root, outside pages 2 to \(last)"
    case .pageUnsound: "the tree refers to a page that is not what it must be"
    case .metaHeader: "the meta page's header does not say that it is meta page \(bound)"
    case .metaTransactions:
      "the meta pages belong to transactions \(found) and \(bound), which do not follow each other"
    case .pageOutOfBounds: "page \(found) is referred to, but the last page is \(last)"
    case .pageID: "the page calls itself page \(found): it was never written, or overwritten"
    case .pageFlags: "the page's flags are 0x\(String(found, radix: 16)), which is no kind of page"
    case .pageKind where bound == UInt64(PageKind.freelist.rawValue):
      switch PageKind(rawValue: UInt16(clamping: found)) {
      case .leaf: "the freelist is a leaf page"
      case .branch: "the freelist is a branch page"
      case .meta: "the freelist is a meta page"
      case .freelist, nil: "the freelist's page has the flags 0x\(String(found, radix: 16)), which are no freelist's"
      }
    case .pageKind: "a page of kind 0x\(String(found, radix: 16)) stands where a branch or leaf page must be"
    case .pageClaimedTwice: "the page is referred to more than once, or overlaps another page's run"
    case .overflowOutOfBounds: "the page claims \(found) overflow pages, but the last page is \(last)"
    case .elementCount: "the page claims \(found) elements, more than bbolt writes"
    case .emptyBranch: "the branch page has no elements"
    case .elementTable: "the page's \(found) elements do not fit its \(bound) bytes"
    case .treeTooDeep: "the tree is deeper than \(bound) levels"
    case .unevenDepth: "the leaf stands at level \(found), others of its tree at level \(bound)"
    case .elementOutOfBounds:
      "the element ends at byte \(found) of a run of \(bound) bytes, or starts inside the element table"
    case .elementsNotDense: "the element's data starts at byte \(found) of its page, where \(bound) is the only place"
    case .elementsOverlap: "elements overlap so far that more than the page's \(bound) bytes would be read"
    case .elementFlags: "the element's flags are 0x\(String(found, radix: 16)), of which only bit 0 has a meaning"
    case .elementTooLarge: "the element has \(found) bytes, more than the \(bound) that are read at once"
    case .keySize: "the key has \(found) bytes; bbolt writes 1 to \(bound)"
    case .valueSize: "the value has \(found) bytes; bbolt writes at most \(bound)"
    case .keyOrder: "the key does not come after the one before it"
    case .keyRange: "the key lies outside the range that its parent page gives"
    case .bucketValue: "the bucket's value has \(found) bytes; it needs at least \(bound)"
    case .inlineBucket: "the inline bucket's page is no plain leaf page"
    case .bucketNesting: "buckets are nested deeper than \(bound) levels"
    case .rootBucketValue: "the root bucket holds a plain value, where only buckets can be"
    case .freelistCount: "the freelist's \(found) entries do not fit its \(bound) bytes"
    case .freelistID: "the freelist names page \(found), outside pages 2 to \(last)"
    case .freelistOrder: "the freelist names page \(found) after page \(bound)"
    case .freelistReachable: "the freelist names page \(found), which the tree uses"
    case .freelistIncomplete: "the freelist names \(found) pages; \(bound) are used by nothing"
    }
  }
}
