/// A meta page: where a state of the store begins (mdb.c, `MDB_page`, `MDB_meta`).
///
/// | bytes | what |
/// |---|---|
/// | 0 … 7 | the number of the page, 0 or 1 |
/// | 10, 11 | the kind of the page, 8 |
/// | 16 … 19 | magic number, BEEFC0DE |
/// | 20 … 23 | version of the format, 1 |
/// | 24 … 31 | not used |
/// | 32 … 39 | bytes of the map of who wrote it, which bind nobody |
/// | 40 … 87 | the tree of the free pages, see ``StoreTree``; its first four bytes are the size of a page |
/// | 88 … 135 | the tree of the tables |
/// | 136 … 143 | the last page in use or free |
/// | 144 … 151 | the transaction that wrote it: an even one page 0, an odd one page 1 |
///
/// LMDB 1.0 has a header of 24 bytes, and version 2. There is no checksum.
struct StoreMeta: Equatable {
  /// Bytes of a meta page that mean something.
  static let byteCount = 152
  /// Bytes before the magic number: the header of every page.
  static let headerBytes = 16
  /// The sizes of pages that LMDB can write (mdb.c, `MAX_PAGESIZE`).
  static let pageSizes = (9...15).map { 1 << $0 }

  private static let magic: UInt32 = 0xBEEF_C0DE
  private static let version: UInt32 = 1

  /// Its number as the header has it.
  private let number: UInt64
  private let kind: UInt16
  /// Bytes of a page.
  let pageBytes: Int
  /// The tree of the free pages.
  let freeTree: StoreTree
  /// The tree of the tables.
  let mainTree: StoreTree
  /// The last page that is in use or free.
  let lastPage: UInt64
  /// The transaction that wrote it.
  let transaction: UInt64

  /// The meta page that `bytes` begin with; nil where they are too few, or have no magic number of version 1, or a size of
  /// pages that can't be.
  init?(_ bytes: [UInt8]) {
    guard bytes.count >= Self.byteCount, bytes.integer(at: 16) == Self.magic,
      bytes.integer(at: 20) == Self.version
    else { return nil }
    number = bytes.integer(at: 0)
    kind = bytes.integer(at: 10)
    freeTree = StoreTree(bytes, at: 40)
    mainTree = StoreTree(bytes, at: 88)
    lastPage = bytes.integer(at: 136)
    transaction = bytes.integer(at: 144)
    pageBytes = Int(freeTree.padding)
    guard Self.pageSizes.contains(pageBytes) else { return nil }
  }

  /// Why `bytes`, from the start of a file, are no meta page of version 1.
  static func fault(of bytes: [UInt8]) -> LMDBError {
    guard bytes.count >= byteCount else { return .notStore }
    for header in [headerBytes, 24] {
      let magic: UInt32 = bytes.integer(at: header)
      if magic == Self.magic {
        let version: UInt32 = bytes.integer(at: header + 4)
        return version == Self.version && header == headerBytes
          ? .damaged(StoreDamage(.metaPageSize, page: 0)) : .otherVersion(version)
      }
      if magic.byteSwapped == Self.magic { return .otherByteOrder }
    }
    return .notStore
  }

  /// Throws where it can't be what LMDB reads, as meta page `page`.
  func checkHeader(asPage page: UInt64) throws(LMDBError) {
    guard number == page, kind == StorePage.Kind.meta.rawValue else {
      throw .damaged(StoreDamage(.metaHeader, page: page))
    }
    // A new store has 0 in both.
    guard transaction % 2 == page || transaction == 0 else {
      throw .damaged(StoreDamage(.metaTransactions, page: page))
    }
  }

  /// Throws where what it says of trees can't be, as meta page `page`.
  func checkTrees(asPage page: UInt64) throws(LMDBError) {
    // Whatever lies beyond this can't be told to the system.
    guard lastPage >= 1, lastPage < UInt64(Int64.max) / UInt64(pageBytes) else {
      throw .damaged(StoreDamage(.metaLastPage, page: page))
    }
    guard freeTree.options == StoreTree.integerKeys, freeTree.isPossible(lastPage: lastPage),
      mainTree.options == 0, mainTree.padding == 0, mainTree.isPossible(lastPage: lastPage)
    else { throw .damaged(StoreDamage(.metaTree, page: page)) }
  }
}
