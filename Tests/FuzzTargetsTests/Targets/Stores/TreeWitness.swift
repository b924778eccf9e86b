import BoltFormat

@testable import ByteViews

/// Holds what a walk tells against the bytes of the file.
struct TreeWitness: TreeVisitor {
  private let bytes: [UInt8]
  private let tree: Tree
  private(set) var errors: [BoltError] = []
  private(set) var complaints: [String] = []
  private(set) var pages: Set<PageID> = []
  /// Buckets entered and not left.
  private(set) var nesting = 0
  /// The buckets, and the keys of the rows of each.
  private(set) var buckets: [Bucket] = []
  private(set) var keys: [[[UInt8]]] = []
  private var path: [Int] = []

  init(_ bytes: [UInt8], _ tree: Tree) { (self.bytes, self.tree) = (bytes, tree) }

  mutating func enter(_ bucket: Bucket) {
    nesting += 1
    if nesting > Tree.maximumNesting { complaints.append("buckets lie \(nesting) deep") }
    path.append(buckets.count)
    buckets.append(bucket)
    keys.append([])
  }

  mutating func visit(_ row: borrowing Row) {
    check(row.key, at: row.keyOffset, "key")
    check(row.value, at: row.valueOffset, "value")
    if let bucket = path.last { keys[bucket].append([UInt8](copying: row.key)) }
  }

  mutating func leave(_ bucket: Bucket) {
    nesting -= 1
    _ = path.popLast()
  }

  mutating func finish(_ page: PageUse) {
    if !pages.insert(page.page).inserted { complaints.append("page \(page.page) is read twice") }
    let run = (UInt64(page.overflow) + 1) * UInt64(tree.meta.pageSize)
    if page.usedBytes > run { complaints.append("page \(page.page) uses \(page.usedBytes) of \(run) bytes") }
    if page.page.rawValue >= tree.pageBound { complaints.append("page \(page.page) is behind the last") }
  }

  mutating func find(_ error: BoltError) {
    if "\(error)".isEmpty { complaints.append("an error says nothing") }
    errors.append(error)
  }

  private mutating func check(_ span: RawSpan, at offset: ByteOffset, _ what: String) {
    let start = Int(clamping: offset.rawValue)
    guard start <= bytes.count, span.byteCount <= bytes.count - start else {
      complaints.append("a \(what) of \(span.byteCount) bytes lies at \(start) of \(bytes.count)")
      return
    }
    if [UInt8](copying: span) != Array(bytes[start..<start + span.byteCount]) {
      complaints.append("the \(what) at \(start) is another one")
    }
  }
}
