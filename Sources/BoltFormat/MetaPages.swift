/// The two meta pages of a file, and which of them counts.
public struct MetaPages: Sendable {
  /// Meta page 0, or why it can't be used.
  public let first: Result<Meta, BoltError>
  /// Meta page 1, or why it can't be used.
  public let second: Result<Meta, BoltError>
  /// The meta that counts: the usable one with the greater transaction number; of equal ones, meta page 0
  /// (bbolt db.go, `meta()`).
  public let current: Meta
  /// The number of the page that holds ``current``.
  public let currentPage: PageID

  /// Reads both meta pages of `source`.
  ///
  /// The page size is found as bbolt ≥ 1.3.7 does (db.go, `getPageSize`): from meta page 0; when that is damaged, from
  /// the first power of two at which a meta page 1 stands that names that very size.
  ///
  /// Throws ``BoltError/Code/fileTooShort`` or ``BoltError/Code/notBolt`` for a file that is something else, and the
  /// damage of meta page 0 when both are damaged.
  public init(reading source: some ByteSource) throws(BoltError) {
    first = Self.meta(in: source, index: 0, at: 0)
    if case .success(let meta) = first {
      second = Self.second(in: source, pageSize: meta.pageSize)
    } else {
      second = try Self.search(source, firstDamage: first)
    }
    switch (first, second) {
    case (.success(let zero), .success(let one)) where one.txid > zero.txid: (current, currentPage) = (one, PageID(1))
    case (.success(let zero), _): (current, currentPage) = (zero, PageID(0))
    case (.failure, .success(let one)): (current, currentPage) = (one, PageID(1))
    case (.failure(let damage), .failure): throw damage
    }
  }

  /// Everything that is not as bbolt writes it.
  public var errors: [BoltError] {
    var errors: [BoltError] = []
    for (index, meta) in [first, second].enumerated() {
      switch meta {
      case .failure(let error): errors.append(error)
      case .success(let meta) where meta.header.id != PageID(UInt64(index)) || meta.header.kind != .meta:
        let page = PageID(UInt64(index))
        let offset = ByteOffset(UInt64(index * meta.pageSize))
        errors.append(BoltError(.metaHeader, page: page, offset: offset, bound: page.rawValue))
      case .success: break
      }
    }
    if case .success(let zero) = first, case .success(let one) = second, !Self.follow(zero.txid, one.txid) {
      errors.append(BoltError(.metaTransactions, found: zero.txid, bound: one.txid))
    }
    return errors
  }

  /// Whether the metas were written the way bbolt copies a database (tx.go, `WriteTo`): the same tree twice, the second
  /// with the transaction number before the first's.
  public var describeOneTree: Bool {
    guard case .success(let zero) = first, case .success(let one) = second else { return false }
    return zero.root == one.root && zero.highWaterMark == one.highWaterMark && zero.freelist == one.freelist
      && zero.txid &- one.txid == 1
  }

  static func follow(_ a: UInt64, _ b: UInt64) -> Bool { a &- b == 1 || b &- a == 1 }

  static func second(in source: some ByteSource, pageSize: Int) -> Result<Meta, BoltError> {
    let offset = UInt64(pageSize)
    return meta(in: source, index: 1, at: offset).flatMap { meta in
      guard meta.pageSize == pageSize else {
        return .failure(
          BoltError(.metaPageSize, page: PageID(1), offset: ByteOffset(offset + 24), found: UInt64(meta.pageSize)))
      }
      return .success(meta)
    }
  }

  /// Looks for meta page 1 at every page size there is.
  static func search(
    _ source: some ByteSource, firstDamage: Result<Meta, BoltError>
  ) throws(BoltError) -> Result<Meta, BoltError> {
    var sawMagic = if case .failure(let damage) = firstDamage { damage.code.impliesMagic } else { true }
    var pageSize = Meta.pageSizes.lowerBound
    while pageSize <= Meta.pageSizes.upperBound {
      let candidate = second(in: source, pageSize: pageSize)
      switch candidate {
      case .success: return candidate
      case .failure(let damage): if damage.code.impliesMagic { sawMagic = true }
      }
      pageSize *= 2
    }
    guard source.byteCount >= UInt64(Meta.byteCount) else {
      throw BoltError(.fileTooShort, found: source.byteCount)
    }
    guard sawMagic else { throw BoltError(.notBolt) }
    return .failure(BoltError(.metaMagic, page: PageID(1)))
  }

  static func meta(in source: some ByteSource, index: UInt64, at offset: UInt64) -> Result<Meta, BoltError> {
    guard source.byteCount >= offset + UInt64(Meta.byteCount) else {
      return .failure(
        BoltError(.fileTooShort, page: PageID(index), offset: ByteOffset(offset), found: source.byteCount))
    }
    var bytes: [UInt8] = []
    do throws(BoltError) {
      try source.read(Meta.byteCount, at: offset, into: &bytes)
      return .success(try Meta(decoding: bytes.rawSpan, index: index, at: offset))
    } catch {
      return .failure(error)
    }
  }
}

extension BoltError.Code {
  /// Whether a meta page damaged in this way still carried bbolt's magic number.
  var impliesMagic: Bool {
    switch self {
    case .metaVersion, .metaChecksum, .metaPageSize, .metaRoot: true
    default: false
    }
  }
}
