/// The root of a tree, and what is counted for it (mdb.c, `MDB_db`).
///
/// | bytes | what |
/// |---|---|
/// | 0 … 3 | the size of a page, in the record of the free pages' tree; else 0 |
/// | 4, 5 | options, such as the order of its keys |
/// | 6, 7 | levels; 0 where it is empty |
/// | 8 … 15 | branch pages |
/// | 16 … 23 | leaf pages |
/// | 24 … 31 | overflow pages |
/// | 32 … 39 | entries |
/// | 40 … 47 | the root page; all ones where it is empty |
struct StoreTree: Equatable {
  /// Bytes of the record.
  static let byteCount = 48
  /// Levels that LMDB can follow (mdb.c, `CURSOR_STACK`), of which one is kept free.
  static let maximumDepth = 31
  /// The option that keys are integers, which the tree of the free pages has, and no other (`MDB_INTEGERKEY`).
  static let integerKeys: UInt16 = 0x08

  /// The number in its first four bytes.
  let padding: UInt32
  /// Options.
  let options: UInt16
  /// What is counted for it.
  let counts: Counts
  /// The root page; nil where it is empty.
  let root: UInt64?

  /// How many levels, pages and entries a tree has.
  struct Counts: Equatable {
    var depth: UInt16 = 0
    var branchPages: UInt64 = 0
    var leafPages: UInt64 = 0
    var overflowPages: UInt64 = 0
    var entries: UInt64 = 0
  }

  /// The record at `offset` of `bytes`, which holds all of it.
  init(_ bytes: [UInt8], at offset: Int) {
    padding = bytes.integer(at: offset)
    options = bytes.integer(at: offset + 4)
    counts = Counts(
      depth: bytes.integer(at: offset + 6), branchPages: bytes.integer(at: offset + 8),
      leafPages: bytes.integer(at: offset + 16), overflowPages: bytes.integer(at: offset + 24),
      entries: bytes.integer(at: offset + 32))
    let root: UInt64 = bytes.integer(at: offset + 40)
    self.root = root == .max ? nil : root
  }

  /// Whether there can be such a tree in a file whose last page is `lastPage`.
  func isPossible(lastPage: UInt64) -> Bool {
    guard let root else { return counts == Counts() }
    return root >= 2 && root <= lastPage && 1...UInt16(Self.maximumDepth) ~= counts.depth
  }
}
