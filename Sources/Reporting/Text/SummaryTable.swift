import VerificationModel

/// A line for each of several snapshots: the verdict, how many values are encrypted and how many readable, the file, and
/// why.
struct SummaryTable {
  let report: Report

  /// The lines, in the order of the snapshots: with the figures where there is room, and else with the result below
  /// itself, which tells them too.
  func lines(_ style: Style) -> [String] {
    let whole = Table(alignment: .left, rows: [.heading(Self.headings)] + report.snapshots.map(row))
    let plain = Style(color: false, width: style.width)
    return whole.lines(plain).allSatisfy { $0.columns <= style.width } ? whole.lines(style) : narrow(style)
  }

  private static let headings = ["verdict", "encrypted", "plaintext", "old", "free pages", "file", "result"]

  private func row(_ snapshot: SnapshotReport) -> Table.Row {
    let headline = headline(of: snapshot)
    return row(snapshot, [verdict(of: snapshot)] + figures(of: snapshot) + [headline.path, headline.statement])
  }

  private func row(_ snapshot: SnapshotReport, _ cells: [String]) -> Table.Row {
    .cells(cells, tones: [0: snapshot.verdict == .pass ? .good : .bad])
  }

  private func verdict(of snapshot: SnapshotReport) -> String { snapshot.verdict.rawValue.uppercased() }

  private func headline(of snapshot: SnapshotReport) -> Headline {
    Headline(snapshot: snapshot, policy: report.policy)
  }

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

  // MARK: Narrow terminals

  /// Verdict and file, and the result in whole words beside them.
  private func narrow(_ style: Style) -> [String] {
    let longest = report.snapshots.map { headline(of: $0).path.columns }.max() ?? 0
    let paths = min(max(longest, "file".columns), style.width / 3)
    let results = style.width - "verdict".columns - paths - 4
    let rows = report.snapshots.flatMap { snapshot in
      let headline = headline(of: snapshot)
      let lines = headline.statement.words.wrapped(to: results)
      let first = [verdict(of: snapshot), headline.path.elidedAtStart(to: paths), lines[0]]
      return [row(snapshot, first)] + lines.dropFirst().map { .cells(["", "", $0]) }
    }
    return Table(alignment: .left, rows: [.heading(["verdict", "file", "result"])] + rows).lines(style)
  }
}
