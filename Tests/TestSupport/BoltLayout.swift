/// Gives the nodes of one or two transactions their page numbers, then puts the file together.
struct BoltLayout {
  /// One transaction in its place.
  struct Commit {
    let root: BoltNode
    /// Every page reachable from the root.
    let nodes: [BoltNode]
    let txid: UInt64
    let highWater: UInt64
    let freelist: (number: UInt64, ids: [UInt64])?
  }

  private let writer: BoltWriter
  private let encoder: BoltPageEncoder
  private let reserved: Set<UInt64>
  private var next: UInt64 = 2

  init(_ writer: BoltWriter) {
    self.writer = writer
    encoder = writer.encoder
    reserved = writer.freePages.reduce(into: []) { reserved, page in
      let run = page.key..<page.key + writer.encoder.runLength(page.value.count)
      precondition(page.key >= 2 && reserved.isDisjoint(with: run), "free pages overlap at \(page.key)")
      reserved.formUnion(run)
    }
  }

  /// Finds room for a transaction. Top-level buckets that are the same in `previous` keep their pages.
  mutating func commit(_ bucket: BoltBucket, txid: UInt64, after previous: Commit? = nil, isNewest: Bool) -> Commit {
    let root = writer.tree(bucket, sharing: previous?.nodes.filter { $0.source != nil } ?? [])
    var nodes: [BoltNode] = []
    root.forEachNode { nodes.append($0) }
    place(nodes.filter { $0.number == 0 })
    if isNewest || writer.freelist != .notStored { next = max(next, (reserved.max() ?? 0) + 1) }
    let freelist = freelist(nodes)
    return Commit(root: root, nodes: nodes, txid: txid, highWater: next, freelist: freelist)
  }

  private mutating func place(_ nodes: [BoltNode]) {
    let order: [BoltNode]
    switch writer.placement {
    case .childrenFirst: order = nodes
    case .parentsFirst: order = nodes.reversed()
    case .shuffled(let seed):
      var generator = SeededGenerator(seed: seed)
      order = nodes.shuffled(using: &generator)
    }
    for node in order { node.number = allocate(encoder.runLength(node.size)) }
  }

  /// The next run of pages that aren't reserved.
  private mutating func allocate(_ length: UInt64) -> UInt64 {
    while let obstacle = (next..<next + length).last(where: reserved.contains) { next = obstacle + 1 }
    defer { next += length }
    return next
  }

  /// A freelist of all pages so far that `nodes` don't take, behind them.
  private mutating func freelist(_ nodes: [BoltNode]) -> (number: UInt64, ids: [UInt64])? {
    guard writer.freelist != .notStored else { return nil }
    let used = nodes.reduce(into: Set<UInt64>()) { $0.formUnion(numbers(of: $1)) }
    let ids = (2..<next).filter { !used.contains($0) }
    return (allocate(encoder.freelistRunLength(ids.count, isLong: writer.freelist == .storedLong)), ids)
  }

  private func numbers(of node: BoltNode) -> Range<UInt64> {
    node.number..<node.number + encoder.runLength(node.size)
  }
}

// MARK: - The file

extension BoltLayout {
  /// The file, and the map of it.
  func image(newest: Commit, previous: Commit?) -> BoltImage {
    var file = BoltImage(pageSize: writer.pageSize, byteOrder: writer.byteOrder, highWater: newest.highWater)
    for (number, bytes) in writer.freePages { file.patch(page: number, bytes: bytes) }
    writeMetas(newest, previous ?? newest, to: &file)
    write(newest, owner: .newest, to: &file)
    if let previous {
      let shared = Set(newest.nodes.map(\.number))
      write(previous, except: shared, owner: .previous, to: &file)
    }
    file.addFreePages()
    file.bytes += writer.tail
    return file
  }

  private func writeMetas(_ newest: Commit, _ previous: Commit, to file: inout BoltImage) {
    for number in 0..<2 as Range<UInt64> {
      let isNewest = number == (writer.metas == .snapshot ? 0 : newest.txid % 2)
      let commit = isNewest || writer.metas == .snapshot ? newest : previous
      let page = encoder.meta(
        number, root: commit.root.number, freelist: commit.freelist?.number, highWater: commit.highWater,
        txid: isNewest ? newest.txid : newest.txid - 1)
      write(page, number: number, run: 1, .meta, isNewest ? .newest : .previous, to: &file)
    }
  }

  private func write(
    _ commit: Commit, except shared: Set<UInt64> = [], owner: BoltImage.Page.Owner, to file: inout BoltImage
  ) {
    for node in commit.nodes where !shared.contains(node.number) {
      write(
        node.encoded(encoder), number: node.number, run: encoder.runLength(node.size),
        node.height == 0 ? .leaf : .branch, bucket: node.bucket, height: node.height, owner, to: &file)
      if case .leaf(let rows) = node.body {
        addBuckets(of: rows, path: node.bucket, at: file.offset(of: node.number), owner, to: &file)
      }
    }
    if let (number, ids) = commit.freelist {
      let isLong = writer.freelist == .storedLong
      let run = encoder.freelistRunLength(ids.count, isLong: isLong)
      write(encoder.freelist(number, ids, isLong: isLong), number: number, run: run, .freelist, owner, to: &file)
    }
  }

  private func write(
    _ page: [UInt8], number: UInt64, run: UInt64, _ kind: BoltImage.Page.Kind, bucket: [String]? = nil,
    height: Int = 0, _ owner: BoltImage.Page.Owner, to file: inout BoltImage
  ) {
    file.patch(page: number, bytes: page)
    file.pages.append(
      .init(
        number: number, offset: file.offset(of: number), overflow: run - 1, kind: kind, bucket: bucket,
        height: height, owner: owner))
  }

  /// Records the bucket headers, and pages, that lie inside the leaf at `offset`.
  private func addBuckets(
    of rows: [BoltNode.Row], path: [String], at offset: Int, _ owner: BoltImage.Page.Owner, to file: inout BoltImage
  ) {
    var end = offset + 16 + 16 * rows.count
    for row in rows {
      let value = end + row.key.count
      end = value + row.valueSize
      if case .value = row.content { continue }
      let path = path + [String(decoding: row.key, as: UTF8.self)]
      if owner == .newest { file.buckets[path] = value }
      if case .inline(let rows, _) = row.content {
        let page = BoltImage.Page(
          number: 0, offset: value + 16, overflow: 0, kind: .leaf, bucket: path, isInline: true, owner: owner)
        file.pages.append(page)
        addBuckets(of: rows, path: path, at: page.offset, owner, to: &file)
      }
    }
  }
}
