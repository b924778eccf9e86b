/// The random-access reader of a bbolt file: reads pages as the tree refers to them, from the root, as bbolt's own
/// cursor does.
///
/// Strict, and easy to believe: every invariant of the format is checked, each violation is an error of its own with
/// page and offset, and none of them stops the walk of the rest. Nothing a file says is trusted: tables are sized by the
/// file's real length, and memory does not grow with what a page claims.
public struct Tree: Sendable {
  /// The deepest tree that is followed; real ones have up to about six levels.
  public static let maximumDepth = 64
  /// The deepest nesting of buckets that is followed; etcd nests none.
  public static let maximumNesting = 8
  /// The largest element that is read into memory, key and value together.
  public static let maximumElementBytes = 64 << 20

  /// Where the bytes come from.
  public let source: any ByteSource
  /// Both meta pages.
  public let metas: MetaPages
  /// The first page number that can't be used: the high-water mark, or the number of whole pages in a file that is
  /// shorter.
  public let pageBound: UInt64
  /// Whole pages in the file.
  public let pagesInFile: UInt64

  /// The meta that counts.
  public var meta: Meta { metas.current }

  /// Opens the database in `source`. Bytes after the last whole page (an etcd snapshot's trailer) are left aside.
  ///
  /// Throws when no meta page can be used.
  public init(_ source: some ByteSource) throws(BoltError) {
    metas = try MetaPages(reading: source)
    pagesInFile = source.byteCount / UInt64(metas.current.pageSize)
    pageBound = min(metas.current.highWaterMark.rawValue, pagesInFile)
    self.source = source
  }

  /// The bucket that holds all others.
  public var rootBucket: Bucket {
    Bucket(
      name: [], root: .page(meta.root), sequence: 0, nesting: 0, page: metas.currentPage,
      offset: start(of: metas.currentPage, plus: Meta.rootOffset))
  }

  /// Bytes in the image that the meta page describes.
  public var imageBytes: UInt64 { meta.imageBytes }

  /// Whether the file is shorter than its meta page says.
  public var isTruncated: Bool { pagesInFile < meta.highWaterMark.rawValue }

  /// The place `bytes` behind the start of `page`, which must not lie far beyond the file.
  func start(of page: PageID, plus bytes: Int = 0) -> ByteOffset {
    ByteOffset(page.rawValue * UInt64(meta.pageSize) + UInt64(bytes))
  }

  /// A cursor over the rows of `bucket`, before the first.
  public func cursor(over bucket: Bucket) -> Cursor {
    Cursor(tree: self, bucket: bucket, claims: Claims(capacity: pageBound))
  }

  /// The bucket whose key is `name` directly in the root bucket; nil when there is none that can be read.
  ///
  /// O(depth) pages in an undamaged file.
  public func bucket(named name: some Collection<UInt8>) -> Bucket? {
    let name = Array(name)
    var cursor = cursor(over: rootBucket)
    guard cursor.seek(to: name.rawSpan, report: { _ in }), cursor.isBucket, cursor.holdsKey(name.rawSpan) else {
      return nil
    }
    return try? cursor.childBucket()
  }

  /// Visits all buckets and rows, and answers the pages that the meta reaches: the meta pages, the tree, and a stored
  /// freelist.
  ///
  /// O(pages), reading each page once.
  @discardableResult
  public func walk(_ visitor: inout some TreeVisitor) -> PageSet {
    walk(&visitor) { _, _ in nil }
  }

  /// Visits all buckets, and the rows of those that `survey` leaves to it.
  ///
  /// - Parameter survey: asked about each bucket, and handed the pages in use so far; answers these and the bucket's own,
  ///   where it knows them already and finds them sound, and nil where the bucket is to be walked.
  package func walk(
    _ visitor: inout some TreeVisitor, survey: (Bucket, PageSet) -> PageSet?
  ) -> PageSet {
    for error in metas.errors { visitor.find(error) }
    if isTruncated {
      let missing = PageID(pagesInFile)
      visitor.find(
        BoltError(
          .truncated, page: missing, offset: start(of: missing), found: pagesInFile, bound: meta.highWaterMark.rawValue)
      )
    }
    let claims = Claims(capacity: pageBound)
    for page in 0..<min(2, pageBound) { _ = claims.take(PageID(page), overflow: 0) }
    walk(rootBucket, claims, &visitor, survey)
    if meta.storesFreelist {
      for error in Freelist(of: self, claims).errors { visitor.find(error) }
    }
    return claims.owned
  }

  private func walk(
    _ bucket: Bucket, _ claims: Claims, _ visitor: inout some TreeVisitor, _ survey: (Bucket, PageSet) -> PageSet?
  ) {
    var cursor = Cursor(tree: self, bucket: bucket, claims: claims)
    while cursor.advance({ visitor.take($0) }) {
      guard cursor.isBucket else {
        if bucket.nesting == 0 { visitor.find(cursor.failure(.rootBucketValue)) }
        visitor.visit(cursor.row)
        continue
      }
      do throws(BoltError) {
        let child = try cursor.childBucket()
        cursor.leaveRow()
        visitor.enter(child)
        if let owned = survey(child, claims.owned) {
          claims.add(owned)
        } else {
          walk(child, claims, &visitor, survey)
        }
        visitor.leave(child)
      } catch {
        visitor.find(error)
        visitor.visit(cursor.row)
      }
    }
  }
}

extension TreeVisitor {
  fileprivate mutating func take(_ event: Cursor.Event) {
    switch event {
    case .violation(let error): find(error)
    case .finished(let page): finish(page)
    }
  }
}
