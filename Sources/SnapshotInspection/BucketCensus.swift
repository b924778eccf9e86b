import BoltFormat
import VerificationModel

/// Counts the buckets of a file and what lies in them, as the walk through the tree brings them.
///
/// At most ``capacity`` buckets are listed, and ``nameBudget`` bytes of names kept: a hostile file can hold very many.
struct BucketCensus: Sendable {
  /// The most buckets that are listed; etcd has ten.
  static let capacity = 1000
  /// Bytes of names that are kept.
  static let nameBudget = 1 << 20

  private(set) var buckets: [BucketUsage] = []
  private(set) var omitted = 0
  private var nameBudget = Self.nameBudget
  /// Where the buckets that were entered are listed, the innermost last; nil for one that is not.
  private var path: [Int?] = []

  mutating func enter(_ bucket: Bucket) {
    add(rows: 1, bytes: UInt64(bucket.name.count))
    guard buckets.count < Self.capacity, bucket.name.count <= nameBudget else {
      omitted += 1
      return path.append(nil)
    }
    nameBudget -= bucket.name.count
    path.append(buckets.count)
    let isInline = if case .inline = bucket.root { true } else { false }
    buckets.append(BucketUsage(name: bucket.name, nesting: bucket.nesting, isInline: isInline))
  }

  mutating func visit(_ row: borrowing Row) {
    add(rows: 1, bytes: UInt64(row.key.byteCount + row.value.byteCount))
  }

  mutating func leave() {
    path.removeLast()
  }

  /// Counts rows of the bucket entered last.
  mutating func add(rows: Int, bytes: UInt64) {
    guard case let index?? = path.last else { return }
    buckets[index].rows += rows
    buckets[index].bytes += bytes
  }
}
