import BoltFormat
import EtcdStorage
import KubernetesStorage
import VerificationModel

/// Reads etcd's buckets as the walk through the tree brings them.
package struct StoreReader: TreeVisitor {
  /// The rows of bucket `key`.
  package var rows: RowCollector
  /// The rows of bucket `meta`.
  package private(set) var meta = MetaBucket()
  /// The rows that tell of which cluster the store is.
  private(set) var cluster = ClusterRows()
  /// Whether bucket `key` was there.
  package private(set) var hasKeyBucket = false
  /// What could not be read.
  package private(set) var errors = ErrorList()
  /// Rows of bucket `key` that are not what etcd writes.
  package private(set) var unreadableRows = 0
  /// Rows of bucket `key` that could be read, but are not what etcd writes.
  private(set) var impossibleRows = ImpossibleRows()
  /// The pages that were read, but for those of buckets that were left to another reader.
  package private(set) var pages: [PageUse] = []
  /// What the store has beside the pages of bucket `key`.
  package private(set) var foreign = ForeignParts()
  /// Leaves of bucket `key` without a row that are not its root. bbolt takes a leaf out of the tree when its last row is
  /// removed (bbolt node.go, `rebalance`).
  package private(set) var emptyLeaves: [PageID] = []

  /// The buckets of etcd that matter here (storage/schema/bucket.go); all are top-level.
  private enum Current {
    case key
    case meta
    case cluster(ClusterRows.Bucket)
    case other

    /// The bucket of this name, if it is not `key`.
    init(_ name: [UInt8]) {
      let name = String(decoding: name, as: UTF8.self)
      if let bucket = ClusterRows.Bucket(rawValue: name) {
        self = .cluster(bucket)
      } else {
        self = name == "meta" ? .meta : .other
      }
    }
  }

  /// The bucket whose rows come, under those it is nested in; and their names.
  private var path: [Current] = []
  private var names: [[UInt8]] = []
  /// Where bucket `key` has its root; nil where that lies inside another page.
  private var keyRoot: PageID?
  private let pageSize: Int

  /// A reader that hands the rows of bucket `key` to `rows`, in a file of such pages.
  init(_ rows: RowCollector, pageSize: Int) {
    self.rows = rows
    self.pageSize = pageSize
  }

  package mutating func enter(_ bucket: Bucket) {
    names.append(bucket.name)
    guard bucket.nesting == 1 else {
      errors.add(
        VerificationError(
          code: "nested-bucket",
          message: "a bucket lies inside another, which etcd never does (page \(bucket.page), offset \(bucket.offset))",
          page: bucket.page, offset: bucket.offset))
      return path.append(.other)
    }
    if case .inline(let offset, let byteCount) = bucket.root {
      foreign.note(inlineBucket: offset.rawValue..<offset.rawValue + byteCount, .init(bucket: names))
    }
    if bucket.name.elementsEqual("key".utf8) {
      hasKeyBucket = true
      if case .page(let root) = bucket.root { keyRoot = root }
      path.append(.key)
    } else {
      path.append(Current(bucket.name))
    }
  }

  package mutating func visit(_ row: borrowing Row) {
    switch path.last ?? .other {
    case .key:
      do throws(EtcdError) {
        let message = row.valueOffset.rawValue
        if keyRoot == nil { foreign.note(inlineRow: message..<(message + UInt64(row.value.byteCount))) }
        try rows.add(key: row.key, message: row.value, at: message)
        if let row = rows.impossibleRow { add(row) }
        for row in rows.doubtfulRows { add(row) }
      } catch {
        unreadableRows += 1
        errors.add(error, page: row.page, offset: row.keyOffset)
      }
    case .meta: meta.read(key: row.key, value: row.value)
    case .cluster(let bucket): cluster.read(bucket, key: row.key, value: row.value)
    case .other: break
    }
  }

  /// Takes note of a row of bucket `key`, which comes next, of which some bytes must be searched.
  mutating func add(_ row: ImpossibleRow) {
    if !row.isAsWritten { impossibleRows.add(row) }
    for margin in row.margins { foreign.add(margin: margin, .init(row.part)) }
  }

  package mutating func leave(_ bucket: Bucket) {
    path.removeLast()
    names.removeLast()
  }

  package mutating func finish(_ page: PageUse) {
    pages.append(page)
    guard case .key = path.last else {
      return foreign.add(page, pageSize: pageSize, names.isEmpty ? .root : .init(bucket: names))
    }
    if page.mayHoldMoreThanRevisions { foreign.add(page, pageSize: pageSize, .bucket("key")) }
    if page.kind == .leaf, page.elements == 0, page.page != keyRoot { emptyLeaves.append(page.page) }
  }

  /// Ends the reading of `tree`, whose freelist is in use too.
  package mutating func finish(_ tree: Tree, reachable: PageSet) {
    if let freelist = tree.freelistBytes, reachable.contains(tree.meta.freelist) { foreign.add(freelist: freelist) }
  }

  package mutating func find(_ error: BoltError) {
    if !error.isHarmless { errors.add(error) }
  }
}

extension PageUse {
  /// Of a page of bucket `key`, whether it is a branch with longer keys than etcd has: bbolt needs no key of a branch to be
  /// one of its leaves.
  package var mayHoldMoreThanRevisions: Bool {
    let keys = elements * (RevisionKey.byteCount + 1)
    return kind == .branch && usedBytes > UInt64(Element.headerOffset(elements) + keys)
  }
}
