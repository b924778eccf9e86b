import SnapshotVerification

/// The values in scope by resource and prefix, layer and class.
struct LayerTable {
  let resources: [SnapshotReport.ResourceSummary]
  let layers: Set<Layer>

  /// The lines; none when there is no resource.
  func lines(_ style: Style) -> [String] {
    Table(alignment: .right, rows: resources.flatMap(rows)).lines(style)
  }

  /// A class, how its column is headed, and its count.
  private typealias Column = (heading: String, count: KeyPath<ClassCounts, Int>)

  /// The classes everybody asks for, and those of the others that occur.
  private var columns: [Column] {
    let others: [Column] = [
      ("malformed", \.malformed), ("unknown", \.unknownEnvelope), ("unrecognized", \.unrecognized), ("empty", \.empty),
    ]
    return [("total", \.total), ("encrypted", \.encrypted), ("plaintext", \.plaintext)]
      + others.filter { column in resources.contains { ($0.live + $0.history)[keyPath: column.count] > 0 } }
  }

  private func rows(of resource: SnapshotReport.ResourceSummary) -> [Table.Row] {
    heading(of: resource) + Layer.allCases.filter(layers.contains).compactMap { row($0, of: resource) }
      + Layer.allCases.filter { !layers.contains($0) }.map { .note("  \($0.rawValue) not examined") }
  }

  /// The resource beside the columns' headings, or above them where that is too wide.
  private func heading(of resource: SnapshotReport.ResourceSummary) -> [Table.Row] {
    let title = PrintableText("\(resource.resource) under \(resource.prefix)").description
    let headings = columns.map { $0.heading }
    let room = TextReport.width - headings.reduce(0) { $0 + 2 + max($1.columns, Self.figureColumns) }
    return title.columns <= room
      ? [.heading([title] + headings)]
      : [.title(title.elidedInMiddle(to: TextReport.width)), .heading([""] + headings)]
  }

  /// What a count is expected to take, so that headings leave room for it.
  private static let figureColumns = 7

  private func row(_ layer: Layer, of resource: SnapshotReport.ResourceSummary) -> Table.Row? {
    let counts: ClassCounts? =
      switch layer {
      case .live: resource.live
      case .history: resource.history
      case .residue: nil
      }
    return counts.map { counts in .cells(["  \(layer.rawValue)"] + columns.map { String(counts[keyPath: $0.count]) }) }
  }
}
