import KubernetesStorage
import VerificationModel

/// The values in scope of many resources: a row for each, and first those that are not encrypted throughout.
struct ScopeTable {
  /// Rows under one title.
  private struct Group {
    let title: String
    let rows: [Row]
  }

  private struct Row {
    let label: String
    /// Those of each layer examined.
    let counts: [ClassCounts]

    /// The first layer of which not all values are encrypted, by its place among those examined; their number when all
    /// are.
    var firstOpenLayer: Int { counts.firstIndex { $0.encrypted < $0.total } ?? counts.count }
  }

  /// A layer, by its place among those examined, and the class counted.
  private typealias Column = (layer: Int, count: CountColumn)

  private let groups: [Group]
  private let examined: [Layer]
  private let unexamined: [Layer]
  private let columns: [Column]
  /// Columns that figures and headings leave for the labels.
  private let labelColumns: Int
  private let width: Int

  init(
    resources: [SnapshotReport.ResourceSummary], layers: Set<Layer>, width: Int = Style.defaultWidth
  ) {
    self.width = width
    examined = [.live, .history].filter(layers.contains)
    unexamined = Layer.allCases.filter { !layers.contains($0) }
    groups = Self.groups(of: resources, examined)
    let sum = Self.sum(groups.flatMap(\.rows), label: "")
    columns = Self.columns(for: sum.counts)
    labelColumns = columns.reduce(width) { [examined] room, column in
      let figure = String(column.count.count(sum.counts[column.layer]))
      return room - 1 - max(figure.columns, column.count.heading.columns, examined[column.layer].rawValue.columns)
    }
  }

  /// The lines. On a terminal ``Style/listLimit`` resources at most have rows of their own; the others are summed up.
  func lines(_ style: Style) -> [String] {
    var room = style.limit()
    let rows = groups.enumerated().flatMap { place, group in
      headings(of: group, namesColumns: place == 0) + self.rows(of: group, &room)
    }
    let notes = unexamined.map { Table.Row.note("  \($0.rawValue) not examined") }
    let isCut = groups.reduce(0) { $0 + $1.rows.count } > style.limit()
    let remark = isCut ? [Table.Row.note("  to see every resource: add '| less'")] : []
    return Table(alignment: .right, rows: rows + notes + remark).lines(style)
  }

  // MARK: What is counted

  /// The resources by their prefix; a single one that lies under many, by itself.
  private static func groups(of resources: [SnapshotReport.ResourceSummary], _ examined: [Layer]) -> [Group] {
    func row(_ label: String, _ resource: SnapshotReport.ResourceSummary) -> Row {
      Row(label: label, counts: examined.compactMap(resource.counts))
    }
    if Set(resources.map(\.resource)).count == 1 {
      let title = "\(resources[0].resource) under \(resources.count) prefixes"
      return [Group(title: title, rows: resources.map { row($0.prefix.description, $0) })]
    }
    return Dictionary(grouping: resources, by: \.prefix).sorted { $0.key < $1.key }.map { prefix, resources in
      let title = "\(resources.count.counted("resource")) under \(prefix)"
      return Group(title: title, rows: resources.map { row($0.resource, $0) })
    }
  }

  private static func sum(_ rows: [Row], label: String) -> Row {
    let none = Row(label: label, counts: rows.first.map { $0.counts.map { _ in ClassCounts() } } ?? [])
    return rows.reduce(none) { sum, row in Row(label: label, counts: zip(sum.counts, row.counts).map(+)) }
  }

  /// Of the first layer what is encrypted; of each what is neither that nor plaintext, where it occurs.
  private static func columns(for counts: [ClassCounts]) -> [Column] {
    counts.enumerated().flatMap { layer, counts in
      let classes: [CountColumn] = layer == 0 ? [.total, .encrypted, .plaintext] : [.total, .plaintext]
      return (classes + (counts.undetermined > 0 ? [.other] : [])).map { (layer, $0) }
    }
  }

  // MARK: Rows

  /// The title, and above the first group what the columns hold.
  private func headings(of group: Group, namesColumns: Bool) -> [Table.Row] {
    let title = PrintableText(group.title).description
    guard namesColumns else { return [.title(title.elidedInMiddle(to: width))] }
    let layers = columns.map { $0.count == .total ? examined[$0.layer].rawValue : "" }
    let classes = Table.Row.heading([""] + columns.map(\.count.heading))
    return title.columns + columns.count <= labelColumns
      ? [.heading([title] + layers), classes]
      : [.title(title.elidedInMiddle(to: width)), .heading([""] + layers), classes]
  }

  /// Those with something open in the first layer come first, then those with something open in the second, then the
  /// rest: as many as there is room for, and a row for all.
  private func rows(of group: Group, _ room: inout Int) -> [Table.Row] {
    let ordered = group.rows.sorted {
      $0.firstOpenLayer != $1.firstOpenLayer
        ? $0.firstOpenLayer < $1.firstOpenLayer : ResourceOrder.precedes($0.label, $1.label)
    }
    let listed = ordered.prefix(room)
    room -= listed.count
    let rest = Dictionary(grouping: ordered.dropFirst(listed.count)) { $0.firstOpenLayer == examined.count }
    let sums = [(false, "more"), (true, "encrypted")].compactMap { isEncrypted, word in
      rest[isEncrypted].map { $0.count == 1 ? $0[0] : Self.sum($0, label: "… and \($0.count) \(word)") }
    }
    return (listed + sums + (group.rows.count > 1 ? [Self.sum(group.rows, label: "all")] : [])).map(row)
  }

  private func row(_ row: Row) -> Table.Row {
    let label = PrintableText(row.label).description.elidedInMiddle(to: max(1, labelColumns - 2))
    return .figures("  " + label, columns.map { ($0.count, row.counts[$0.layer]) })
  }
}
