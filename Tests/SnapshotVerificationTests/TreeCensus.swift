import BoltFormat
import EtcdStorage

/// Counts what a walk through a tree meets.
struct TreeCensus: TreeVisitor {
  /// Rows by top-level bucket.
  private(set) var rows: [String: Int] = [:]
  /// Leaf pages, inline buckets included.
  private(set) var leaves = 0
  private(set) var branches = 0
  private(set) var pagesWithOverflow = 0
  private(set) var errors: [BoltError] = []
  private var path: [String] = []

  mutating func enter(_ bucket: Bucket) {
    path.append(String(decoding: bucket.name, as: UTF8.self))
    if path.count == 1 { rows[path[0]] = 0 }
    if case .inline = bucket.root { leaves += 1 }
  }

  mutating func visit(_ row: borrowing Row) {
    if let bucket = path.first { rows[bucket, default: 0] += 1 }
  }

  mutating func leave(_ bucket: Bucket) {
    path.removeLast()
  }

  mutating func finish(_ page: PageUse) {
    if page.kind == .leaf { leaves += 1 } else { branches += 1 }
    if page.overflow > 0 { pagesWithOverflow += 1 }
  }

  mutating func find(_ error: BoltError) {
    errors.append(error)
  }

  /// Bucket `meta` of `tree`, read with a cursor.
  static func metaBucket(of tree: Tree) -> MetaBucket {
    var meta = MetaBucket()
    guard let bucket = tree.bucket(named: "meta".utf8) else { return meta }
    var cursor = tree.cursor(over: bucket)
    while cursor.next(report: { _ in }) { meta.read(key: cursor.row.key, value: cursor.row.value) }
    return meta
  }
}
