extension BoltWriter {
  /// The tree of `bucket` in pages. A bucket right inside it that one of the roots `shared` was made of takes over
  /// that root.
  func tree(_ bucket: BoltBucket, path: [String] = [], sharing shared: [BoltNode] = []) -> BoltNode {
    let packing = bucket.packing ?? self.packing
    let rows = bucket.entries.map { row($0, path: path, sharing: shared) }
    let leaves = packing.split(rows, atMost: packing.rowsPerLeaf, pageSize: pageSize) { $0.size }
    var level = leaves.map { BoltNode(.leaf($0), bucket: path, height: 0) }
    while level.count > 1 {
      let groups = packing.split(level, atMost: max(2, packing.childrenPerBranch), pageSize: pageSize) {
        16 + $0.firstKey.count
      }
      level = groups.map { BoltNode(.branch($0), bucket: path, height: $0[0].height + 1) }
    }
    for _ in 0..<bucket.extraLevels {
      level = [BoltNode(.branch(level), bucket: path, height: level[0].height + 1)]
    }
    level[0].source = bucket
    return level[0]
  }

  private func row(_ entry: BoltBucket.Entry, path: [String], sharing shared: [BoltNode]) -> BoltNode.Row {
    guard case .bucket(let bucket) = entry.content else {
      return .init(key: entry.key, content: .value(entry.value ?? []))
    }
    let path = path + [String(decoding: entry.key, as: UTF8.self)]
    if fitsInline(bucket) {
      let rows = bucket.entries.map { row($0, path: path, sharing: []) }
      return .init(key: entry.key, content: .inline(rows: rows, sequence: bucket.sequence))
    }
    let root = shared.first { $0.bucket == path && $0.source == bucket } ?? tree(bucket, path: path)
    return .init(key: entry.key, content: .bucket(root: root, sequence: bucket.sequence))
  }

  private func fitsInline(_ bucket: BoltBucket) -> Bool {
    switch bucket.layout {
    case .inline: return true
    case .pages: return false
    case .automatic:
      let values = bucket.entries.compactMap(\.value)
      let size = bucket.entries.reduce(16) { $0 + 16 + $1.key.count } + values.reduce(0) { $0 + $1.count }
      return values.count == bucket.entries.count && size <= pageSize / 4 && bucket.extraLevels == 0
    }
  }
}

extension BoltWriter.Packing {
  /// Cuts `elements` into the contents of pages; no elements give one empty page.
  func split<Element>(
    _ elements: [Element], atMost limit: Int, pageSize: Int, size: (Element) -> Int
  ) -> [[Element]] {
    var pages: [[Element]] = [[]]
    var used = 16
    for element in elements {
      let size = size(element)
      let count = pages[pages.count - 1].count
      let isFull = count >= min(limit, Self.mostElements) || count >= 2 && Double(used + size) > fill * Double(pageSize)
      if isFull {
        pages.append([])
        used = 16
      }
      pages[pages.count - 1].append(element)
      used += size
    }
    return pages
  }
}
