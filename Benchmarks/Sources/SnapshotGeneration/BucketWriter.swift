import TestSupport

/// Writes the tree of one bucket while its rows come in, in key order: each leaf when it is full, each branch page when
/// its children are.
///
/// Pages are filled as etcd has bbolt fill them: up to 90 %, but with two elements at least (etcd:
/// storage/backend/batch_tx.go, `UnsafeSeqPut`; bbolt: node.go, `splitIndex`), so that big rows make overflow pages.
/// Memory: one leaf, and one branch page for each level.
struct BucketWriter {
  private typealias Child = (key: [UInt8], child: UInt64)

  /// Rows so far.
  private(set) var rowCount = 0
  /// Pages that the tree takes so far.
  private(set) var pages: UInt64 = 0
  private let encoder: BoltPageEncoder
  private var leaf: [BoltPageEncoder.Row] = []
  private var leafBytes = 16
  /// Children without a parent yet, those of leaves first.
  private var levels: [[Child]] = []
  private var levelBytes: [Int] = []

  /// A writer of an empty bucket.
  init(_ encoder: BoltPageEncoder) { self.encoder = encoder }

  /// Whether `row` would begin a new leaf.
  func fills(with row: BoltPageEncoder.Row) -> Bool {
    leaf.count >= 2 && leafBytes + row.bytes > encoder.fillBytes
  }

  /// Adds a row whose key is greater than all before.
  mutating func append(_ row: BoltPageEncoder.Row, to file: inout PageFile) throws {
    if fills(with: row) { try writeLeaf(to: &file) }
    leaf.append(row)
    leafBytes += row.bytes
    rowCount += 1
  }

  /// Writes what is left, and answers the root's page number.
  mutating func finish(_ file: inout PageFile) throws -> UInt64 {
    if !leaf.isEmpty || levels.isEmpty { try writeLeaf(to: &file) }
    var height = 0
    while height + 1 < levels.count || levels[height].count > 1 {
      try writeBranch(levels[height].count, at: height, to: &file)
      height += 1
    }
    return levels[height][0].child
  }

  private mutating func writeLeaf(to file: inout PageFile) throws {
    let number = file.nextPage
    try write(encoder.leaf(number, leaf), to: &file)
    try add((leaf.first?.key ?? [], number), at: 0, &file)
    leaf.removeAll(keepingCapacity: true)
    leafBytes = 16
  }

  private mutating func add(_ child: Child, at height: Int, _ file: inout PageFile) throws {
    if height == levels.count {
      levels.append([])
      levelBytes.append(16)
    }
    levels[height].append(child)
    levelBytes[height] += 16 + child.key.count
    // Two children are kept back, so that the last branch page of a level has as many at least.
    if levelBytes[height] > encoder.fillBytes { try writeBranch(levels[height].count - 2, at: height, to: &file) }
  }

  /// Writes a branch page of the first children that wait at `height`.
  private mutating func writeBranch(_ count: Int, at height: Int, to file: inout PageFile) throws {
    let children = Array(levels[height].prefix(count))
    levels[height].removeFirst(count)
    levelBytes[height] = levels[height].reduce(16) { $0 + 16 + $1.key.count }
    let number = file.nextPage
    try write(encoder.branch(number, children), to: &file)
    try add((children[0].key, number), at: height + 1, &file)
  }

  private mutating func write(_ run: [UInt8], to file: inout PageFile) throws {
    pages += encoder.runLength(run.count)
    try file.append(run)
  }
}

extension BoltPageEncoder {
  /// Bytes that a page takes before another one is begun.
  var fillBytes: Int { pageSize * 9 / 10 }
}

extension BoltPageEncoder.Row {
  /// Bytes of the row and of its element in a page.
  var bytes: Int { 16 + key.count + value.count }
}
