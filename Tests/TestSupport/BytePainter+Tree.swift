extension BytePainter {
  /// A bucket, by what its bytes are painted.
  enum Territory {
    case root
    case key
    case other(String)

    /// The color of what it has beside structure, and rows of bucket `key`.
    var color: Color {
      switch self {
      case .root: "other-bucket/root"
      case .key: "other-bucket/key"
      case .other(let name): "other-bucket/\(name)"
      }
    }
  }

  /// etcd's buckets (server/storage/schema/bucket.go).
  private static let names = [
    "alarm", "auth", "authRoles", "authUsers", "cluster", "key", "lease", "members", "members_removed", "meta", "test",
  ]

  /// What is to be painted on a page once it is known whether its elements lie one behind the other.
  struct Sheet {
    var strokes: [(range: Range<Int>, color: Color)] = []
    var rows: [PaintedRow] = []
    /// Page images inside it, with what they have beside the strokes.
    var images: [(range: Range<Int>, color: Color)] = []
    var isIrregular = false
  }

  /// An element: where key and value lie in the file.
  private struct Element {
    let flags: Int
    let key: Range<Int>
    let value: Range<Int>
    let child: Int
  }

  /// Walks the pages of a bucket as bbolt's cursor does: in the order of the elements.
  mutating func walk(pagesFrom page: Int, as territory: Territory, depth: Int = 1, nesting: Int = 0) {
    guard page >= 2, page < bound, depth <= 64, !seen[page] else { return }
    seen[page] = true
    guard !owned[page] else { return }
    let start = page * pageSize
    let (flags, count, overflow) = (load(start + 8, 2), load(start + 10, 2), load(start + 12, 4))
    guard load(start, 8) == page, flags == 1 || flags == 2, overflow < bound - page, count != 0xFFFF,
      count > 0 || flags == 2, 16 + 16 * count <= (overflow + 1) * pageSize,
      (page...page + overflow).allSatisfy({ !owned[$0] })
    else {
      refused.insert(page)
      return
    }
    for page in page...page + overflow { owned[page] = true }
    let image = start..<start + (overflow + 1) * pageSize
    var sheet = Sheet()
    let used = walk(image, count, isLeaf: flags == 2, territory, depth: depth, nesting: nesting, &sheet)
    finish(image, count, used: used, isLeaf: flags == 2, overflow: overflow, territory, sheet)
  }

  private mutating func finish(
    _ image: Range<Int>, _ count: Int, used: Int, isLeaf: Bool, overflow: Int, _ territory: Territory, _ sheet: Sheet
  ) {
    let table = image.lowerBound + 16 + 16 * count
    paint(image.lowerBound..<table, "structure")
    for var row in sheet.rows {
      row.isLost = sheet.isIrregular
      rows.append(row)
    }
    guard !sheet.isIrregular else { return paint(table..<image.upperBound, "damage") }
    for stroke in sheet.strokes { paint(stroke.range, stroke.color) }
    let values = sheet.rows.filter { !$0.isTombstone }.map(\.value)
    for image in sheet.images { fill(image.range, except: values, image.color) }
    let isLong = used - table > 18 * count
    let color =
      switch territory {
      case .key where isLeaf: "damage"
      case .key where !isLong: "structure"
      default: territory.color
      }
    fill(table..<used, except: values, color)
    paintEnd(used..<image.upperBound, ofOverflow: overflow > 0)
  }

  /// Paints what of `range` has no color and is not kept for ``rows``, in ascending order.
  private mutating func fill(_ range: Range<Int>, except kept: [Range<Int>], _ color: Color) {
    var start = range.lowerBound
    for kept in kept where !kept.isEmpty && kept.lowerBound >= start && kept.upperBound <= range.upperBound {
      fill(start..<kept.lowerBound, color)
      start = kept.upperBound
    }
    fill(start..<range.upperBound, color)
  }

  /// Takes the elements of a page image one by one; answers where the last one ends that lies behind the one before.
  private mutating func walk(
    _ image: Range<Int>, _ count: Int, isLeaf: Bool, _ territory: Territory, depth: Int, nesting: Int,
    _ sheet: inout Sheet
  ) -> Int {
    let table = image.lowerBound + 16 + 16 * count
    var (expected, taken) = (table, 0)
    for index in 0..<count {
      let element = element(image.lowerBound + 16 + 16 * index, isLeaf: isLeaf)
      guard element.key.lowerBound >= table, element.value.upperBound <= image.upperBound else {
        sheet.isIrregular = true
        continue
      }
      if element.key.lowerBound != expected { sheet.isIrregular = true }
      expected = element.value.upperBound
      taken += element.key.count + element.value.count
      guard taken <= image.count else {
        sheet.isIrregular = true
        break
      }
      if isLeaf {
        take(element, territory, nesting: nesting, &sheet)
      } else {
        walk(pagesFrom: element.child, as: territory, depth: depth + 1, nesting: nesting)
      }
    }
    return expected
  }

  private func element(_ start: Int, isLeaf: Bool) -> Element {
    let field = isLeaf ? 4 : 0
    let key = start + load(start + field, 4)
    let value = key + load(start + field + 4, 4)
    let end = isLeaf ? value + load(start + 12, 4) : value
    return Element(
      flags: isLeaf ? load(start, 4) : 0, key: key..<value, value: value..<end, child: isLeaf ? 0 : load(start + 8, 8))
  }

  private mutating func take(_ element: Element, _ territory: Territory, nesting: Int, _ sheet: inout Sheet) {
    if element.flags & 1 != 0, takeBucket(element, nesting: nesting, &sheet) { return }
    guard case .key = territory else { return }
    guard let row = PaintedRow(bytes, revision: element.key, message: element.value) else {
      return sheet.strokes.append((element.key.lowerBound..<element.value.upperBound, "damage"))
    }
    sheet.rows.append(row)
    for margin in row.margins { sheet.strokes.append((margin, "row-margin")) }
    let others = (row.margins + (row.isTombstone ? [] : [row.value])).filter { !$0.isEmpty }
      .sorted { $0.lowerBound < $1.lowerBound }
    let starts = [element.key.lowerBound] + others.map(\.upperBound)
    let ends = others.map(\.lowerBound) + [element.value.upperBound]
    for (start, end) in zip(starts, ends) { sheet.strokes.append((start..<end, "structure")) }
  }

  /// Takes the bucket that `element` is; answers whether it is one (bbolt internal/common/bucket.go).
  private mutating func takeBucket(_ element: Element, nesting: Int, _ sheet: inout Sheet) -> Bool {
    let start = element.value.lowerBound
    guard element.value.count >= 16, nesting < 8 else { return false }
    let root = load(start, 8)
    let image = start + 16..<element.value.upperBound
    guard root != 0 || image.count >= 16 else { return false }
    let name = String(decoding: bytes[element.key], as: UTF8.self)
    let isKnown = nesting == 0 && Self.names.contains(name)
    let territory: Territory = isKnown ? name == "key" ? .key : .other(name) : .other("other")
    sheet.strokes.append((start..<start + 16, "structure"))
    guard root == 0 else {
      walk(pagesFrom: root, as: territory, nesting: nesting + 1)
      return true
    }
    let count = load(image.lowerBound + 10, 2)
    let isLeaf =
      load(image.lowerBound, 8) == 0 && load(image.lowerBound + 8, 2) == 2 && load(image.lowerBound + 12, 4) == 0
      && count != 0xFFFF && 16 + 16 * count <= image.count
    sheet.strokes.append((image.lowerBound..<image.lowerBound + 16 + (isLeaf ? 16 * count : 0), "structure"))
    if isLeaf { _ = walk(image, count, isLeaf: true, territory, depth: 1, nesting: nesting + 1, &sheet) }
    sheet.images.append((image, territory.color))
    return true
  }
}
