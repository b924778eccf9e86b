import TestSupport

extension BoltPageEncoder {
  /// A file whose root bucket is the leaf on page 2 that has these rows, with more pages as they are given.
  func file(_ rows: [Row], pages: [UInt64: [UInt8]] = [:], root: UInt64 = 2, highWater: UInt64? = nil) -> [UInt8] {
    var all = pages
    if all[2] == nil { all[2] = leaf(2, rows) }
    let end = all.map { $0.key + runLength($0.value.count) }.max() ?? 3
    for number in 0..<2 as Range<UInt64> {
      all[number] = meta(number, root: root, freelist: nil, highWater: highWater ?? end, txid: 2 - number)
    }
    var bytes = [UInt8](repeating: 0, count: Int(end) * pageSize)
    for (number, page) in all {
      let first = Int(number) * pageSize
      bytes.replaceSubrange(first..<first + page.count, with: page)
    }
    return bytes
  }

  /// A row of the root bucket that leads to the bucket on `page`.
  func bucketRow(_ name: String, on page: UInt64) -> Row { Row(Array(name.utf8), bucket(root: page), flags: 1) }

  /// A row of the root bucket that holds a bucket whose page is `image`.
  func inlineRow(_ name: String, _ image: [UInt8]) -> Row {
    Row(Array(name.utf8), bucket(root: 0, inlinePage: image), flags: 1)
  }
}
