/// Where a page image lies, and what its header must say there.
struct Place {
  /// The page; of an inline bucket, the page that holds it.
  let page: PageID
  /// Where the image starts in the file.
  let start: UInt64
  /// Bytes of the image before its overflow is known: a page, or a whole inline image.
  let firstBytes: UInt64
  /// The first page that no run may reach; nil in an inline bucket.
  let bound: UInt64?

  var isInline: Bool { bound == nil }

  /// A page of the file. `page` must lie below `bound`.
  init(page: PageID, pageSize: Int, bound: UInt64) {
    self.page = page
    self.start = page.rawValue * UInt64(pageSize)
    self.firstBytes = UInt64(pageSize)
    self.bound = bound
  }

  /// The page image inside an inline bucket's value.
  init(inlineAt offset: ByteOffset, byteCount: UInt64, in page: PageID) {
    self.page = page
    self.start = offset.rawValue
    self.firstBytes = byteCount
    self.bound = nil
  }

  /// The kind of the page that has this header; throws unless it is a branch or leaf page that belongs here.
  func check(_ header: PageHeader) throws(BoltError) -> PageKind {
    guard let bound else {
      guard header.id == PageID(0), header.kind == .leaf, header.overflow == 0 else {
        throw failure(.inlineBucket, at: 0)
      }
      return .leaf
    }
    guard header.id == page else { throw failure(.pageID, at: 0, found: header.id.rawValue) }
    guard let kind = header.kind else { throw failure(.pageFlags, at: 8, found: UInt64(header.flags)) }
    guard kind == .branch || kind == .leaf else { throw failure(.pageKind, at: 8, found: UInt64(header.flags)) }
    guard UInt64(header.overflow) < bound - page.rawValue else {
      throw failure(.overflowOutOfBounds, at: 12, found: UInt64(header.overflow), bound: bound)
    }
    return kind
  }

  private func failure(_ code: BoltError.Code, at offset: UInt64, found: UInt64 = 0, bound: UInt64 = 0) -> BoltError {
    BoltError(code, page: page, offset: ByteOffset(start + offset), found: found, bound: bound)
  }
}
