/// A page of a tree as it lies in the file (mdb.c, `MDB_page`, `MDB_node`).
///
/// | bytes | what |
/// |---|---|
/// | 0 … 7 | its number |
/// | 10, 11 | its kind: 1 branch, 2 leaf, 4 overflow, 8 meta |
/// | 12, 13 | where the table of entries ends |
/// | 14, 15 | where the entries begin |
/// | 12 … 15 | of an overflow page: how many pages it takes, this one counted |
/// | 16 … | the table: two bytes for each entry, where it begins |
///
/// An entry has a head of 8 bytes, then its key; in a leaf, its value follows, or the number of the overflow page that has it.
struct StorePage {
  /// What a page is for.
  enum Kind: UInt16 {
    case branch = 1
    case leaf = 2
    case overflow = 4
    case meta = 8
  }

  /// What is in the head of an entry, two bytes each: the low half of a value's length, or of a child's number; the high half;
  /// options, or bits 32 … 47 of a child's number; bytes of the key.
  struct Node {
    /// Where its key is.
    let key: Range<Int>
    /// Bytes of the value of a leaf's entry, wherever it lies.
    let valueBytes: Int
    /// 1: the value lies on overflow pages. 2: it is the record of a table.
    let options: UInt16
    /// The page that a branch's entry leads to.
    let child: UInt64

    static let headBytes = 8
    static let isLong: UInt16 = 1
    static let isTable: UInt16 = 2
    /// Bytes in place of a value that lies on overflow pages: the number of the first.
    static let pageNumberBytes = 8

    /// Bytes behind the key of a leaf's entry.
    var bytesInLeaf: Int { options & Self.isLong != 0 ? Self.pageNumberBytes : valueBytes }
  }

  /// All its bytes.
  let bytes: [UInt8]

  /// The number that it carries.
  var number: UInt64 { bytes.integer(at: 0) }
  /// Its kind; nil where it is none, or more than one.
  var kind: Kind? { Kind(rawValue: bytes.integer(at: 10)) }
  /// How many pages an overflow page takes.
  var overflowPages: UInt64 { UInt64(bytes.integer(at: 12, as: UInt32.self)) }
  /// How many entries it has, where the table can be: in whole numbers, before the entries.
  var nodeCount: Int? {
    let end = Int(bytes.integer(at: 12, as: UInt16.self))
    guard StoreMeta.headerBytes...bytes.count ~= end, end % 2 == 0, end <= nodesStart, nodesStart <= bytes.count else {
      return nil
    }
    return (end - StoreMeta.headerBytes) / 2
  }
  /// Where the entries begin.
  private var nodesStart: Int { Int(bytes.integer(at: 14, as: UInt16.self)) }

  /// Entry `index`; nil where it does not lie in the page.
  func node(_ index: Int) -> Node? {
    let start = Int(bytes.integer(at: StoreMeta.headerBytes + 2 * index, as: UInt16.self))
    guard start >= nodesStart, start % 2 == 0, start + Node.headBytes <= bytes.count else { return nil }
    let low = UInt64(bytes.integer(at: start, as: UInt32.self))
    let options: UInt16 = bytes.integer(at: start + 4)
    let keyStart = start + Node.headBytes
    let node = Node(
      key: keyStart..<keyStart + Int(bytes.integer(at: start + 6, as: UInt16.self)), valueBytes: Int(low),
      options: options, child: low | UInt64(options) << 32)
    let end = node.key.upperBound + (kind == .leaf ? node.bytesInLeaf : 0)
    return end <= bytes.count ? node : nil
  }

  /// The number of the first overflow page of an entry's value.
  func overflowPage(of node: Node) -> UInt64 { bytes.integer(at: node.key.upperBound) }
}
