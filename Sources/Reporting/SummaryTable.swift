import VerificationModel

/// A line for each of several snapshots: the verdict, how many values are encrypted and how many readable, the file, and
/// why.
struct SummaryTable {
  let report: Report

  /// The lines, in the order of the snapshots.
  func lines(_ style: Style) -> [String] {
    let figures = report.snapshots.map(figures)
    let rows = zip(report.snapshots, figures).map { snapshot, figures in
      let cells = [snapshot.verdict.rawValue.uppercased()] + figures + texts(snapshot, width: style.width)
      return Table.Row.cells(cells, tones: [0: snapshot.verdict == .pass ? .good : .bad])
    }
    return Table(alignment: .left, rows: [.heading(Self.headings)] + rows).lines(style)
  }

  private static let headings = ["verdict", "encrypted", "plaintext", "old", "free pages", "file", "result"]
  /// Columns that verdict and figures take, with the spaces between them.
  private static let figureColumns = 49
  /// Columns for a path on a terminal.
  private static let pathColumns = 14

  /// Live values that are encrypted, and those that can be read: live, old, and in free pages.
  private func figures(of snapshot: SnapshotReport) -> [String] {
    let tally = Tally(snapshot, policy: report.policy)
    guard snapshot.etcd != nil else { return ["-", "-", "-", "-"] }
    return [
      tally.live.map { "\($0.encrypted) of \($0.total)" } ?? "-", tally.live.map { "\($0.plaintext)" } ?? "-",
      tally.history.map { "\($0.plaintext)" } ?? "-",
      report.policy.layers.contains(.residue) ? "\(tally.residue)" : "-",
    ]
  }

  /// Path and result, on a terminal as much of them as has room.
  private func texts(_ snapshot: SnapshotReport, width: Int) -> [String] {
    let headline = Headline(snapshot: snapshot, policy: report.policy)
    guard width < .max else { return [headline.path, headline.statement] }
    let room = max(2 * Self.pathColumns + 2, width - Self.figureColumns)
    let path = headline.path.elidedAtStart(to: max(Self.pathColumns, (room - 2) / 2))
    return [path, headline.statement.elidedInMiddle(to: max(1, room - 2 - max(path.columns, Self.pathColumns)))]
  }
}
