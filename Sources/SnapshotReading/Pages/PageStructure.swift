import BoltFormat
import ByteViews
import EtcdStorage

/// Which bytes of a page that is no longer in use its own header explains: itself, the table of its elements, and what lies
/// there of buckets other than `key`; of a branch page the keys, of a freelist the page numbers.
///
/// Elements are followed as long as they are dense, as bbolt writes them. Rows of bucket `key` explain themselves.
struct PageStructure {
  /// Offsets in the page, in ascending order, not overlapping.
  private(set) var ranges: [Range<Int>] = []

  /// The longest row of another bucket than `key`: members and users, as text, take a few hundred bytes.
  private static let longestRow = 4096

  /// The structure of the page at the start of `bytes`, which may hold less than all of it.
  ///
  /// - Parameter pageBound: the first page number that was never in use.
  init(of bytes: RawSpan, _ order: ByteOrder, pageSize: Int, pageBound: UInt64) {
    guard bytes.byteCount >= PageHeader.byteCount else { return }
    let header = PageHeader(decoding: bytes.extracting(first: PageHeader.byteCount), order)
    let runBytes = Self.runBytes(header, pageSize: pageSize)
    let page = bytes.extracting(first: min(bytes.byteCount, runBytes))
    switch header.kind {
    case .leaf: explainLeaf(page, header, order)
    case .branch: explainBranch(page, header, order, pageBound)
    case .freelist: explainFreelist(page, header, order, pageBound, runBytes: runBytes)
    case .meta, nil: break
    }
  }

  /// How many bytes from the start of `bytes` on must be there to tell the structure of the page that begins there.
  static func bytesToTell(in bytes: RawSpan, _ order: ByteOrder, pageSize: Int) -> Int {
    guard bytes.byteCount >= PageHeader.byteCount else { return PageHeader.byteCount }
    return runBytes(PageHeader(decoding: bytes.extracting(first: PageHeader.byteCount), order), pageSize: pageSize)
  }

  /// Bytes of the page and its overflow, as its header has it.
  private static func runBytes(_ header: PageHeader, pageSize: Int) -> Int {
    pageSize &* (1 + Int(min(header.overflow, 1 << 20)))
  }

  private mutating func add(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    if let last = ranges.last, last.upperBound == range.lowerBound {
      ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
    } else {
      ranges.append(range)
    }
  }

  private mutating func explainLeaf(_ page: RawSpan, _ header: PageHeader, _ order: ByteOrder) {
    let count = Int(header.count)
    guard header.count != PageHeader.escapeCount, Element.headerOffset(count) <= page.byteCount else { return }
    var rows: [Range<Int>] = []
    var expected = Element.headerOffset(count)
    for index in 0..<count {
      let offset = Element.headerOffset(index)
      let element = Element(leaf: page.extracting(offset..<(offset + Element.byteCount)), at: offset, order)
      guard element.keyStart == expected, element.keyBytes > 0, element.keyBytes <= Element.maximumKeyBytes else {
        // A table that is not dense from the start is none.
        if index == 0 { return }
        break
      }
      expected = element.end
      guard element.end <= page.byteCount else { break }
      if element.isBucket || !page.isRevision(element.keyStart, element.keyBytes),
        element.valueBytes <= Self.longestRow
      {
        rows.append(element.keyStart..<element.end)
      }
    }
    add(0..<Element.headerOffset(count))
    rows.forEach { add($0) }
  }

  private mutating func explainBranch(
    _ page: RawSpan, _ header: PageHeader, _ order: ByteOrder, _ pageBound: UInt64
  ) {
    let count = Int(header.count)
    guard count > 0, header.count != PageHeader.escapeCount, Element.headerOffset(count) <= page.byteCount else {
      return
    }
    var end = Element.headerOffset(count)
    for index in 0..<count {
      let offset = Element.headerOffset(index)
      let element = Element(branch: page.extracting(offset..<(offset + Element.byteCount)), at: offset, order)
      guard element.keyStart == end, element.end <= page.byteCount, element.keyBytes > 0,
        element.keyBytes <= Self.longestRow, element.child.rawValue < pageBound
      else { return }
      end = element.end
    }
    add(0..<end)
  }

  /// Of a freelist whose end is missing, what is there.
  private mutating func explainFreelist(
    _ page: RawSpan, _ header: PageHeader, _ order: ByteOrder, _ pageBound: UInt64, runBytes: Int
  ) {
    var start = PageHeader.byteCount
    var count = UInt64(header.count)
    if header.count == PageHeader.escapeCount, page.byteCount >= start + 8 {
      count = page.number(at: start, order)
      start += 8
    }
    guard count <= UInt64(runBytes - start) / 8 else { return }
    let known = min(Int(count), (page.byteCount - start) / 8)
    var last: UInt64 = 1
    for index in 0..<known {
      let page = page.number(at: start + 8 * index, order)
      guard page > last, page < pageBound else { return }
      last = page
    }
    add(0..<(start + 8 * known))
  }
}

extension RawSpan {
  /// The page number at `offset`, which must lie inside.
  fileprivate func number(at offset: Int, _ order: ByteOrder) -> UInt64 {
    order == .little ? word(at: offset) : word(at: offset).byteSwapped
  }

  /// Whether the `count` bytes from `start` on, which lie inside, are a key of bucket `key`.
  fileprivate func isRevision(_ start: Int, _ count: Int) -> Bool {
    (try? RevisionKey(decoding: extracting(start..<(start + count)))) != nil
  }
}
