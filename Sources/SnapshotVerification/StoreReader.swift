import BoltFormat
import EtcdStorage
import KubernetesStorage

/// Reads etcd's buckets as the walk through the tree brings them.
struct StoreReader: TreeVisitor {
  /// The rows of bucket `key`.
  var rows: RowCollector
  /// The rows of bucket `meta`.
  private(set) var meta = MetaBucket()
  /// Whether bucket `key` was there.
  private(set) var hasKeyBucket = false
  /// What could not be read.
  private(set) var errors = ErrorList()
  /// Rows of bucket `key` that are not what etcd writes.
  private(set) var unreadableRows = 0
  /// The pages that were read, but for those of buckets that were left to another reader.
  private(set) var pages: [PageUse] = []

  /// The buckets of etcd that matter here (storage/schema/bucket.go); all are top-level.
  private enum Current {
    case key
    case meta
    case other
  }

  /// The bucket whose rows come, under those it is nested in.
  private var path: [Current] = []

  /// A reader that hands the rows of bucket `key` to `rows`.
  init(_ rows: RowCollector) {
    self.rows = rows
  }

  mutating func enter(_ bucket: Bucket) {
    guard bucket.nesting == 1 else {
      errors.add(
        VerificationError(
          code: "nested-bucket",
          message: "a bucket lies inside another, which etcd never does (page \(bucket.page), offset \(bucket.offset))",
          page: bucket.page, offset: bucket.offset))
      return path.append(.other)
    }
    if bucket.name.elementsEqual("key".utf8) {
      hasKeyBucket = true
      path.append(.key)
    } else {
      path.append(bucket.name.elementsEqual("meta".utf8) ? .meta : .other)
    }
  }

  mutating func visit(_ row: borrowing Row) {
    switch path.last ?? .other {
    case .key:
      do throws(EtcdError) {
        try rows.add(key: row.key, message: row.value, at: row.valueOffset.rawValue)
      } catch {
        unreadableRows += 1
        errors.add(error, page: row.page, offset: row.keyOffset)
      }
    case .meta: meta.read(key: row.key, value: row.value)
    case .other: break
    }
  }

  mutating func leave(_ bucket: Bucket) {
    path.removeLast()
  }

  mutating func finish(_ page: PageUse) { pages.append(page) }

  mutating func find(_ error: BoltError) {
    if !error.isHarmless { errors.add(error) }
  }
}
