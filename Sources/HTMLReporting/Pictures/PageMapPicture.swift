import Reporting
import VerificationModel

/// The map of a file's pages: a grid of cells, line by line, and what stands beside it.
struct PageMapPicture {
  let map: PageMap
  let pageSize: Int

  /// Cells in a line; few where the file is small, so that they can be seen.
  private var columns: Int {
    switch map.cells.count {
    case ...128: 16
    case ...512: 32
    default: 64
    }
  }

  private var lines: Int { (map.cells.count + columns - 1) / columns }

  /// What the template asks for beside the heading.
  var filling: [String: Filling.Value] {
    [
      "lead": .text(lead), "description": .text(description), "columns": .number(columns), "rows": .number(lines),
      "uses": .list(paths), "legend": .list(legend),
    ]
  }

  private var lead: String {
    let order = "from the first at the top left to the last at the bottom right"
    guard map.pagesPerCell > 1 else {
      return "A cell is a page of \(pageSize) bytes, \(order)."
    }
    return
      "A cell is \(map.pagesPerCell) pages of \(pageSize) bytes, \(order). What can be read, damage and what nothing "
      + "accounts for color a cell wherever it holds any; otherwise the color is that of most of its pages."
  }

  private var description: String {
    let uses = PageMap.Use.allCases.filter { map.count($0) > 0 }.map { "\(map.count($0)) \($0.style)" }
    return "Map of \(map.pages.counted("page")): \(uses.listed). The table beside it has the same figures."
  }

  /// For each use one path of horizontal strokes, one for each run of cells in a line; the style sheet cuts them into cells.
  private var paths: [Filling] {
    var paths: [PageMap.Use: String] = [:]
    var start = 0
    while start < map.cells.count {
      let use = map.cells[start].shown
      let line = start / columns
      let lineEnd = min((line + 1) * columns, map.cells.count)
      var end = start + 1
      while end < lineEnd, map.cells[end].shown == use { end += 1 }
      paths[use, default: ""] += "M\(start % columns) \(line).5h\(end - start)"
      start = end
    }
    return PageMap.Use.allCases.compactMap { use in
      paths[use].map { ["kind": .text(use.style), "path": .text($0)] }
    }
  }

  private var legend: [Filling] {
    PageMap.Use.allCases.filter { map.count($0) > 0 }.map { use in
      let bytes = UInt64(map.count(use)) * UInt64(pageSize)
      return [
        "kind": .text(use.style), "name": .text(use.words), "pages": .number(map.count(use)),
        "bytes": .text(bytes.inBinaryUnits),
      ]
    }
  }
}

extension PageMap.Cell {
  /// What the cell is drawn as.
  fileprivate var shown: PageMap.Use { gravest.isAlarming ? gravest : prevailing }
}

extension PageMap.Use {
  /// Whether a single page of it matters.
  fileprivate var isAlarming: Bool {
    switch self {
    case .readableResidue, .readableValues, .damaged, .unexplained: true
    case .tree, .meta, .freelist, .accountedFor, .zero, .unexamined: false
    }
  }

  /// The end of the name of a class of the style sheet.
  fileprivate var style: String {
    switch self {
    case .readableResidue: "residue"
    case .readableValues: "readable"
    case .damaged: "damaged"
    case .unexplained: "unexplained"
    case .tree: "tree"
    case .meta: "meta"
    case .freelist: "freelist"
    case .accountedFor: "free"
    case .zero: "zero"
    case .unexamined: "unexamined"
    }
  }

  /// What stands beside its color.
  fileprivate var words: String {
    switch self {
    case .readableResidue: "Free, and plaintext can be read"
    case .readableValues: "In use, and plaintext can be read"
    case .damaged: "Damaged"
    case .unexplained: "Free, with bytes of unknown origin"
    case .tree: "In use: buckets"
    case .meta: "In use: meta pages"
    case .freelist: "In use: the list of free pages"
    case .accountedFor: "Free, with old content accounted for"
    case .zero: "Free, all zero"
    case .unexamined: "Free, not examined"
    }
  }
}
