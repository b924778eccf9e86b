import SnapshotVerification

/// The report for people, for a terminal of 80 columns.
///
/// The first line has the answer; below it stand the counts by layer, the encryption keys in use, the file, what went
/// wrong, what was found, and the one thing to do next. Values never appear, and names only as ``PrintableText``.
public struct TextReport: Sendable {
  /// Columns of a line.
  static let width = 80
  /// The most entries of a list.
  static let listLimit = 20

  private let style: Style
  private let isQuiet: Bool

  /// A report in the given manner.
  ///
  /// - Parameters:
  ///   - color: whether ANSI escape sequences mark verdicts and headings; without them there is no escape byte.
  ///   - isQuiet: whether only the first line of each report is written: then on one line, the path in full.
  public init(color: Bool = false, isQuiet: Bool = false) {
    self.style = Style(color: color)
    self.isQuiet = isQuiet
  }

  /// All reports, and the summary.
  public func render(_ report: Report) -> String {
    let snapshots = report.snapshots.enumerated()
      .map { render($0.element, policy: report.policy, isFirst: $0.offset == 0) }
    return snapshots.joined() + renderSummary(report)
  }

  /// The report about `snapshot`, parted by an empty line from the one before unless it is the first.
  public func render(_ snapshot: SnapshotReport, policy: Policy, isFirst: Bool = true) -> String {
    let headline = Headline(snapshot: snapshot, policy: policy)
    guard !isQuiet else { return headline.line(style) + "\n" }
    let sections =
      [headline.lines(style)] + details(of: snapshot, policy: policy, includesPath: headline.elidesPath)
    return (isFirst ? "" : "\n") + sections.filter { !$0.isEmpty }.map(Self.text).joined(separator: "\n")
  }

  /// How many snapshots passed, failed and could not be verified; empty unless there are several, or none.
  public func renderSummary(_ report: Report) -> String {
    guard !isQuiet, report.snapshots.count != 1 else { return "" }
    guard !report.snapshots.isEmpty else { return "No snapshots: nothing was verified.\n" }
    let outcomes: [(Verdict, String)] = [(.pass, "passed"), (.fail, "failed"), (.error, "could not be verified")]
    let counts = outcomes.compactMap { verdict, outcome in
      let count = report.snapshots.count { $0.verdict == verdict }
      return count > 0 ? "\(count) \(outcome)" : nil
    }
    let total = report.snapshots.count.counted("snapshot")
    return "\n" + style.verdict(report.verdict, total) + ": " + counts.joined(separator: ", ") + "\n"
  }

  private func details(of snapshot: SnapshotReport, policy: Policy, includesPath: Bool) -> [[String]] {
    [
      LayerTable(resources: snapshot.resources, layers: policy.layers).lines(style),
      KeyTable(keys: snapshot.encryption, layers: policy.layers).lines(style),
      ResidueTable(snapshot: snapshot).lines(style),
      ConfigurationDescription(snapshot: snapshot, policy: policy).lines(style),
      FileDescription(snapshot: snapshot, includesPath: includesPath).lines(style),
      ErrorList(errors: snapshot.errors, omitted: snapshot.errorsOmitted).lines(style),
    ]
      + snapshot.foundRules.map { FindingGroup($0, of: snapshot).lines(style) }
      + [NextStep.after(snapshot, policy: policy)?.lines(style) ?? []]
  }

  private static func text(_ lines: [String]) -> String { lines.joined(separator: "\n") + "\n" }
}
