import TestSupport

@testable import BoltFormat

/// Everything that a walk through a file tells.
struct Walk: TreeVisitor {
  /// A row, and the names of the buckets that lead to it.
  struct Row: Hashable, CustomStringConvertible {
    var path: [[UInt8]]
    var key: [UInt8]
    var value: [UInt8]

    var description: String { "\(path.map { String(decoding: $0, as: UTF8.self) }) \(key): \(value.count) bytes" }
  }

  /// Where a row lies in the file.
  struct Place: Hashable {
    var page: UInt64
    var keyOffset: Int
    var valueOffset: Int
  }

  private(set) var rows: [Row] = []
  private(set) var places: [Place] = []
  private(set) var buckets: [Bucket] = []
  private(set) var pages: [PageUse] = []
  private(set) var errors: [BoltError] = []
  /// What the walk answered.
  private(set) var reachable: [UInt64] = []
  /// Buckets entered and not left.
  private(set) var path: [[UInt8]] = []

  init(_ tree: Tree) {
    let reached = tree.walk(&self)
    reachable = (0..<reached.capacity).filter { reached.contains(PageID($0)) }
  }

  init(_ source: some ByteSource) throws(BoltError) { self.init(try Tree(source)) }

  init(_ bytes: [UInt8]) throws(BoltError) { try self.init(MemorySource(bytes)) }

  var findings: [Finding] { errors.map { Finding($0) } }

  mutating func enter(_ bucket: Bucket) {
    buckets.append(bucket)
    path.append(bucket.name)
  }

  mutating func visit(_ row: borrowing BoltFormat.Row) {
    rows.append(Row(path: path, key: Array(copying: row.key), value: Array(copying: row.value)))
    places.append(
      Place(
        page: row.page.rawValue, keyOffset: Int(row.keyOffset.rawValue), valueOffset: Int(row.valueOffset.rawValue)))
  }

  mutating func leave(_ bucket: Bucket) { path.removeLast() }

  mutating func finish(_ page: PageUse) { pages.append(page) }

  mutating func find(_ error: BoltError) { errors.append(error) }
}

extension BoltBucket {
  /// The rows of the bucket and of those in it, in the order in which a walk comes to them.
  func rows(_ path: [[UInt8]] = []) -> [Walk.Row] {
    entries.flatMap { entry in
      switch entry.content {
      case .value(let value): [Walk.Row(path: path, key: entry.key, value: value)]
      case .bucket(let bucket): bucket.rows(path + [entry.key])
      }
    }
  }
}

extension BoltImage {
  /// The pages that the newest transaction reaches, according to the writer.
  var reachableNumbers: [UInt64] {
    pages.filter { $0.owner == .newest || $0.kind == .meta }.flatMap(\.numbers).sorted()
  }
}

extension BoltWriter.ByteOrder {
  /// The reader's name for it.
  var expected: ByteOrder { self == .little ? .little : .big }
}
