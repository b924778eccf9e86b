import VerificationModel

/// The values in scope by resource and prefix, layer and class.
struct LayerTable {
  let resources: [SnapshotReport.ResourceSummary]
  let layers: Set<Layer>

  /// The most resources that get a heading of their own, and a row for each layer.
  private static let blockLimit = 3
  /// What a count is expected to take, so that headings leave room for it.
  private static let figureColumns = 7

  /// The lines; none when there is no resource.
  func lines(_ style: Style) -> [String] {
    guard resources.count <= Self.blockLimit else {
      return ScopeTable(resources: resources, layers: layers, width: style.width).lines(style)
    }
    let ordered = resources.sorted {
      $0.prefix != $1.prefix ? $0.prefix < $1.prefix : ResourceOrder.precedes($0.resource, $1.resource)
    }
    return Table(alignment: .right, rows: ordered.flatMap { self.rows(of: $0, width: style.width) }).lines(style)
  }

  /// The classes everybody asks for, and those of the others that occur.
  private var columns: [CountColumn] {
    [.total, .encrypted, .plaintext]
      + CountColumn.rare.filter { column in resources.contains { column.count($0.live + $0.history) > 0 } }
  }

  private func rows(of resource: SnapshotReport.ResourceSummary, width: Int) -> [Table.Row] {
    heading(of: resource, width: width) + Layer.allCases.filter(layers.contains).compactMap { row($0, of: resource) }
      + (layers.contains(.residue) ? [residueRow(of: resource)] : [])
      + Layer.allCases.filter { !layers.contains($0) }.map { .note("  \($0.rawValue) not examined") }
  }

  /// What is left over in the clear; of the rest that is left over, nothing is counted.
  private func residueRow(of resource: SnapshotReport.ResourceSummary) -> Table.Row {
    let counts = resource.residue ?? SnapshotReport.ResidueCounts()
    let cells = columns.map { $0 == .plaintext ? String(counts.objects + counts.fragments) : "-" }
    let tones = columns.enumerated().filter { $0.element == .plaintext && counts.exposures > 0 }.map { $0.offset + 1 }
    return .cells(
      ["  residue"] + cells, tones: Dictionary(uniqueKeysWithValues: tones.map { ($0, Style.Tone.bad) }))
  }

  /// The resource beside the columns' headings, or above them where that is too wide.
  private func heading(of resource: SnapshotReport.ResourceSummary, width: Int) -> [Table.Row] {
    let title = PrintableText("\(resource.resource) under \(resource.prefix)").description
    let headings = columns.map(\.heading)
    let room = width - headings.reduce(0) { $0 + 2 + max($1.columns, Self.figureColumns) }
    return title.columns <= room
      ? [.heading([title] + headings)]
      : [.title(title.elidedInMiddle(to: width)), .heading([""] + headings)]
  }

  private func row(_ layer: Layer, of resource: SnapshotReport.ResourceSummary) -> Table.Row? {
    resource.counts(in: layer).map { counts in .figures("  \(layer.rawValue)", columns.map { ($0, counts) }) }
  }
}

extension SnapshotReport.ResourceSummary {
  /// The values of a layer; nil for one in which none are counted.
  func counts(in layer: Layer) -> ClassCounts? {
    switch layer {
    case .live: live
    case .history: history
    case .residue: nil
    }
  }
}
