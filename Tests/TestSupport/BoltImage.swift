/// The bytes of a bbolt file, what lies where in them, and the means to damage them.
///
/// The map tells what the writer put down and doesn't follow later changes.
/// ```swift
/// let leaf = image.leafPages(ofBucket: "key")[0]
/// image[leaf, .overflow] = 0xFFFF_FFFF
/// image[leaf, row: 3, .valueSize] = 0x7FFF_FFFF
/// image[image.branchPages(ofBucket: "key")[0], child: 0, .child] = leaf.number
/// image[bucket: "key", .root] = 1
/// image.setMetas(.root, to: 0)
/// ```
public struct BoltImage: Sendable {
  /// A page of the map.
  public struct Page: Hashable, Sendable {
    /// What a page is for.
    public enum Kind: Sendable { case meta, branch, leaf, freelist, free }
    /// Which transaction a page belongs to; if to both, the newest.
    public enum Owner: Sendable { case newest, previous, none }

    /// The number of the first page of the run; 0 if inline.
    public let number: UInt64
    /// Where it starts in the file.
    public let offset: Int
    /// Pages that follow and belong to it.
    public let overflow: UInt64
    /// What it is for.
    public let kind: Kind
    /// Names that lead to its bucket, none for the root bucket; nil for a page outside the trees.
    public var bucket: [String]?
    /// Levels below it; 0 for a leaf.
    public var height = 0
    /// A leaf inside its bucket's value.
    public var isInline = false
    /// Whose it is.
    public let owner: Owner

    /// The page numbers it takes; none if inline.
    public var numbers: Range<UInt64> { isInline ? 0..<0 : number..<number + overflow + 1 }
  }

  /// The file.
  public var bytes: [UInt8]
  /// Bytes per page.
  public let pageSize: Int
  /// The order of bbolt's integers.
  public let byteOrder: BoltWriter.ByteOrder
  /// Every page: metas, the newest tree, its freelist, the same of the previous transaction, free pages. In a tree,
  /// children come before their parents and in key order.
  public internal(set) var pages: [Page] = []
  /// The first page number past the last transaction.
  public let highWater: UInt64
  var buckets: [[String]: Int] = [:]

  init(pageSize: Int, byteOrder: BoltWriter.ByteOrder, highWater: UInt64) {
    self.pageSize = pageSize
    self.byteOrder = byteOrder
    self.highWater = highWater
    bytes = [UInt8](repeating: 0, count: Int(highWater) * pageSize)
  }

  /// The file followed by the SHA-256 of all its bytes, as `etcdctl snapshot save` leaves it.
  public func snapshot(sha256: ([UInt8]) throws -> [UInt8] = sha256sum) rethrows -> [UInt8] {
    try bytes + sha256(bytes)
  }
}

// MARK: - The map

extension BoltImage {
  /// The leaf pages of a top-level bucket in the newest transaction, in key order; the inline one if it has no others.
  public func leafPages(ofBucket name: String) -> [Page] { pages(.leaf, ofBucket: [name]) }

  /// The branch pages of a top-level bucket in the newest transaction.
  public func branchPages(ofBucket name: String) -> [Page] { pages(.branch, ofBucket: [name]) }

  /// The pages of a kind, of the bucket these names lead to, none for the root bucket.
  public func pages(_ kind: Page.Kind, ofBucket path: [String]? = nil, owner: Page.Owner = .newest) -> [Page] {
    pages.filter { $0.kind == kind && $0.bucket == path && $0.owner == owner }
  }

  /// The top page of the bucket these names lead to, none for the root bucket.
  ///
  /// - Precondition: there is such a bucket.
  public func rootPage(ofBucket path: [String], owner: Page.Owner = .newest) -> Page {
    let all = pages(.branch, ofBucket: path, owner: owner) + pages(.leaf, ofBucket: path, owner: owner)
    guard let top = all.max(by: { $0.height < $1.height }) else { preconditionFailure("no bucket \(path)") }
    return top
  }

  /// The page whose run starts at or reaches over `number`.
  ///
  /// - Precondition: `number` is below the high-water mark.
  public func page(_ number: UInt64) -> Page {
    guard let page = pages.first(where: { $0.numbers.contains(number) }) else {
      preconditionFailure("no page \(number) in a file of \(highWater)")
    }
    return page
  }

  /// The meta page `number`, 0 or 1.
  public func metaPage(_ number: UInt64) -> Page { page(number) }

  /// The numbers of all pages below the high-water mark that the newest transaction doesn't use: what its freelist holds.
  public var freeNumbers: [UInt64] {
    let used = pages.filter { $0.owner == .newest || $0.kind == .meta }
      .reduce(into: Set<UInt64>()) { $0.formUnion($1.numbers) }
    return (0..<highWater).filter { !used.contains($0) }
  }

  /// Where key and value of a leaf's row lie in the file, according to its element header as it is now.
  public func row(_ index: Int, of leaf: Page) -> (key: Range<Int>, value: Range<Int>) {
    let key = leaf.offset + 16 + 16 * index + Int(self[leaf, row: index, .position])
    let value = key + Int(self[leaf, row: index, .keySize])
    return (key..<value, value..<value + Int(self[leaf, row: index, .valueSize]))
  }

  /// Where the 16-byte header of a nested bucket lies in the file.
  ///
  /// - Precondition: there is such a bucket in the newest transaction.
  public func bucketHeader(_ path: [String]) -> Int {
    guard let offset = buckets[path] else { preconditionFailure("no bucket \(path)") }
    return offset
  }

  /// Byte offset of page `number`.
  public func offset(of number: UInt64) -> Int { Int(number) * pageSize }

  mutating func addFreePages() {
    let used = pages.reduce(into: Set<UInt64>()) { $0.formUnion($1.numbers) }
    for number in 0..<highWater where !used.contains(number) {
      pages.append(.init(number: number, offset: offset(of: number), overflow: 0, kind: .free, owner: .none))
    }
  }
}

// MARK: - Fields

extension BoltImage {
  /// A field of a page's header.
  public subscript(page: Page, field: BoltField<PageHeaderRecord>) -> UInt64 {
    get { load(page.offset + field.offset, field.width) }
    set { store(newValue, page.offset + field.offset, field.width) }
  }

  /// A field of the element header of a leaf's row.
  public subscript(page: Page, row index: Int, field: BoltField<LeafElementRecord>) -> UInt64 {
    get { load(page.offset + 16 + 16 * index + field.offset, field.width) }
    set { store(newValue, page.offset + 16 + 16 * index + field.offset, field.width) }
  }

  /// A field of the element header of a branch's child.
  public subscript(page: Page, child index: Int, field: BoltField<BranchElementRecord>) -> UInt64 {
    get { load(page.offset + 16 + 16 * index + field.offset, field.width) }
    set { store(newValue, page.offset + 16 + 16 * index + field.offset, field.width) }
  }

  /// A field of meta page `number`, 0 or 1. Setting it leaves the checksum as it is; see `sealMeta`.
  public subscript(meta number: Int, field: BoltField<MetaRecord>) -> UInt64 {
    get { load(number * pageSize + field.offset, field.width) }
    set { store(newValue, number * pageSize + field.offset, field.width) }
  }

  /// A field of a top-level bucket's header, in the root bucket's leaf.
  public subscript(bucket name: String, field: BoltField<BucketRecord>) -> UInt64 {
    get { load(bucketHeader([name]) + field.offset, field.width) }
    set { store(newValue, bucketHeader([name]) + field.offset, field.width) }
  }

  /// Makes the checksum of meta page `number` right.
  public mutating func sealMeta(_ number: Int) {
    let start = number * pageSize
    self[meta: number, .checksum] = BoltPageEncoder.checksum(bytes[start + 16..<start + 72])
  }

  /// Sets a field of both meta pages and makes their checksums right.
  public mutating func setMetas(_ field: BoltField<MetaRecord>, to value: UInt64) {
    for number in 0..<2 {
      self[meta: number, field] = value
      sealMeta(number)
    }
  }

  /// Overwrites bytes of a page, or of those behind it.
  public mutating func patch(page: UInt64, offset: Int = 0, bytes new: [UInt8]) {
    patch(at: self.offset(of: page) + offset, bytes: new)
  }

  /// Overwrites bytes at a place in the file.
  public mutating func patch(at offset: Int, bytes new: [UInt8]) {
    bytes.replaceSubrange(offset..<offset + new.count, with: new)
  }

  private func load(_ offset: Int, _ width: Int) -> UInt64 {
    let field = bytes[offset..<offset + width]
    let ordered = byteOrder == .big ? Array(field) : field.reversed()
    return ordered.reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Stores the low `width` bytes of `value`.
  ///
  /// - Precondition: the others are zero, or all of them one.
  private mutating func store(_ value: UInt64, _ offset: Int, _ width: Int) {
    precondition(value == .max || value.leadingZeroBitCount >= 64 - 8 * width, "\(value) doesn't fit")
    for index in 0..<width {
      let shift = 8 * (byteOrder == .little ? index : width - 1 - index)
      bytes[offset + index] = UInt8(truncatingIfNeeded: value >> shift)
    }
  }
}
