import VerificationModel

/// A line for each snapshot: its number, when it was taken and what says so, the verdict, how many values in use are
/// encrypted, and the file; where lines are whole, also the rules that decide.
struct CaseSnapshotTable {
  let snapshots: [CaseSnapshot]
  let names: CaseNames

  func lines(_ style: Style) -> [String] {
    guard !snapshots.isEmpty else { return [] }
    let listed = snapshots.prefix(style.limit())
    let isWhole = style.width == .max
    let cells = listed.map(figures)
    let headings = ["#"] + CaseTimeText.headings + ["verdict", "encrypted"]
    let widths = ([headings] + cells).reduce(into: headings.map(\.columns)) { widths, cells in
      for (column, cell) in cells.enumerated() { widths[column] = max(widths[column], cell.columns) }
    }
    let room = isWhole ? Int.max : max(style.width - widths.reduce(2 * widths.count, +), Self.leastPathColumns)
    let rows: [Table.Row] = zip(listed, cells).map { snapshot, cells in
      let path = CaseNames.path(of: snapshot).elidedAtStart(to: room)
      return .cells(
        cells + [path] + (isWhole ? [causes(of: snapshot)] : []),
        tones: [3: snapshot.verdict == .pass ? .good : .bad])
    }
    let heading = Table.Row.heading(headings + ["file"] + (isWhole ? ["found"] : []))
    let rest = snapshots.count - listed.count
    return Table(alignment: .left, rows: [heading] + rows).lines(style)
      + (rest > 0 ? [style.cut(rest.counted("more snapshot"))] : [])
  }

  private static let leastPathColumns = 12

  private func figures(of snapshot: CaseSnapshot) -> [String] {
    let live = snapshot.counts[.live].map { "\($0.encrypted) of \($0.total)" } ?? "-"
    return [names.name(of: snapshot.id)] + CaseTimeText(snapshot.takenAt).cells
      + [snapshot.verdict.rawValue.uppercased(), live]
  }

  private func causes(of snapshot: CaseSnapshot) -> String {
    (snapshot.errorCodes.map { PrintableText($0).description } + snapshot.causes.map(\.rawValue))
      .joined(separator: ", ")
  }
}
