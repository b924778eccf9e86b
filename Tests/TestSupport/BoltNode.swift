/// A branch or leaf page to be: its content is settled before page numbers are.
final class BoltNode {
  /// A row, its key and what it becomes.
  struct Row {
    let key: [UInt8]
    let content: Content
  }

  /// What a row's value becomes.
  enum Content {
    case value([UInt8])
    case inline(rows: [Row], sequence: UInt64)
    case bucket(root: BoltNode, sequence: UInt64)
  }

  /// Rows, or the pages below.
  enum Body {
    case leaf([Row])
    case branch([BoltNode])
  }

  let body: Body
  /// The names that lead to the bucket; none for the root bucket.
  let bucket: [String]
  /// Levels below; 0 for a leaf.
  let height: Int
  /// Bytes of the page, header included.
  let size: Int
  /// Of a root, what it was made of.
  var source: BoltBucket?
  /// Of the first page; 0 until it has been placed.
  var number: UInt64 = 0

  init(_ body: Body, bucket: [String], height: Int) {
    self.body = body
    self.bucket = bucket
    self.height = height
    size =
      switch body {
      case .leaf(let rows): rows.reduce(16) { $0 + $1.size }
      case .branch(let children): children.reduce(16) { $0 + 16 + $1.firstKey.count }
      }
  }

  /// The smallest key below; empty for an empty leaf.
  var firstKey: [UInt8] {
    switch body {
    case .leaf(let rows): rows.first?.key ?? []
    case .branch(let children): children[0].firstKey
    }
  }

  /// Every page below and in nested buckets, children before parents, this one last.
  func forEachNode(_ visit: (BoltNode) -> Void) {
    switch body {
    case .leaf(let rows): rows.forEach { $0.forEachRoot { $0.forEachNode(visit) } }
    case .branch(let children): children.forEach { $0.forEachNode(visit) }
    }
    visit(self)
  }

  /// The page's bytes. Every number must have been given.
  func encoded(_ encoder: BoltPageEncoder) -> [UInt8] {
    switch body {
    case .leaf(let rows): encoder.leaf(number, rows.map { $0.encoded(encoder) })
    case .branch(let children): encoder.branch(number, children.map { ($0.firstKey, $0.number) })
    }
  }
}

extension BoltNode.Row {
  /// Bytes in a leaf page, element header included.
  var size: Int { 16 + key.count + valueSize }

  var valueSize: Int {
    switch content {
    case .value(let value): value.count
    case .inline(let rows, _): rows.reduce(32) { $0 + $1.size }
    case .bucket: 16
    }
  }

  /// The roots of nested buckets that have pages.
  func forEachRoot(_ visit: (BoltNode) -> Void) {
    switch content {
    case .value: break
    case .inline(let rows, _): rows.forEach { $0.forEachRoot(visit) }
    case .bucket(let root, _): visit(root)
    }
  }

  func encoded(_ encoder: BoltPageEncoder) -> BoltPageEncoder.Row {
    switch content {
    case .value(let value):
      return .init(key, value)
    case .inline(let rows, let sequence):
      let page = encoder.leaf(0, rows.map { $0.encoded(encoder) }, isInline: true)
      return .init(key, encoder.bucket(root: 0, sequence: sequence, inlinePage: page), flags: 1)
    case .bucket(let root, let sequence):
      return .init(key, encoder.bucket(root: root.number, sequence: sequence), flags: 1)
    }
  }
}
