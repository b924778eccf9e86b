/// Both meta pages of a store, and which of them counts.
struct StoreHead: Equatable {
  /// The number of the meta page that counts, 0 or 1.
  let currentPage: UInt64
  /// The meta page that counts: that of the greater transaction, page 0 where they are equal (mdb.c, `mdb_env_pick_meta`).
  let current: StoreMeta
  /// The other one, of which nothing is needed any more.
  let previous: StoreMeta

  /// Reads both, and throws where they can't be believed: by LMDB's own conditions, and by those that LMDB leaves out since it
  /// has no checksum.
  init(reading file: StoreFile) throws(LMDBError) {
    let first = try file.bytes(StoreMeta.byteCount, at: 0)
    let byteCount = file.byteCount
    guard byteCount > 0 else { throw .cut(bytes: 0, needed: Self.minimumBytes) }
    guard let meta = StoreMeta(first) else { throw try Self.fault(of: first, in: file, byteCount) }
    let pageBytes = UInt64(meta.pageBytes)
    let second = try file.bytes(StoreMeta.byteCount, at: pageBytes)
    guard let other = StoreMeta(second), other.pageBytes == meta.pageBytes else {
      guard byteCount >= 2 * pageBytes else { throw .cut(bytes: byteCount, needed: 2 * pageBytes) }
      let isFirstWrong = try Self.secondMeta(in: file) != nil
      throw .damaged(StoreDamage(isFirstWrong ? .metaPageSize : .metaHeader, page: isFirstWrong ? 0 : 1))
    }
    try meta.checkHeader(asPage: 0)
    try other.checkHeader(asPage: 1)
    currentPage = meta.transaction < other.transaction ? 1 : 0
    (current, previous) = currentPage == 0 ? (meta, other) : (other, meta)
    try checkTransactions()
    try current.checkTrees(asPage: currentPage)
  }

  /// The least that LMDB writes where pages have their usual size.
  private static let minimumBytes: UInt64 = 2 * 4096

  /// Each transaction writes the meta page that the one before it did not.
  private func checkTransactions() throws(LMDBError) {
    guard current.transaction == previous.transaction + 1 || current.transaction == 0 else {
      throw .damaged(StoreDamage(.metaTransactions, page: currentPage))
    }
  }

  /// Why there is no meta page of version 1 in `first`, the first bytes of the file.
  private static func fault(
    of first: [UInt8], in file: StoreFile, _ byteCount: UInt64
  ) throws(LMDBError) -> LMDBError {
    if try secondMeta(in: file) != nil { return .damaged(StoreDamage(.metaHeader, page: 0)) }
    let isWhole = first.count == StoreMeta.byteCount
    return isWhole ? StoreMeta.fault(of: first) : .cut(bytes: byteCount, needed: minimumBytes)
  }

  /// Meta page 1, looked for without meta page 0; nil where it is not found.
  private static func secondMeta(in file: StoreFile) throws(LMDBError) -> StoreMeta? {
    for pageBytes in StoreMeta.pageSizes {
      let bytes = try file.bytes(StoreMeta.byteCount, at: UInt64(pageBytes))
      if let meta = StoreMeta(bytes), meta.pageBytes == pageBytes { return meta }
    }
    return nil
  }
}
