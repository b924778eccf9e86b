import VerificationModel

/// The report for people.
///
/// The first line has the answer; below it stand the counts by layer, the encryption keys in use, what went wrong, what
/// was found, the file, the call, and what to do next. Values never appear, and names only as ``PrintableText``.
public struct TextReport: Sendable {
  private let style: Style
  private let isQuiet: Bool
  private let listsExposed: Bool
  private let invocation: Invocation?

  /// A report in the given manner.
  ///
  /// - Parameters:
  ///   - color: whether ANSI escape sequences mark verdicts and headings; without them there is no escape byte.
  ///   - isQuiet: whether only the first line of each report is written: then on one line, the path in full.
  ///   - width: columns of a line; `Int.max`: lines are whole, however long, as pipes and files get them.
  ///   - listsExposed: whether every object that can be read is listed.
  ///   - invocation: the call, which is told at the end of each report.
  public init(
    color: Bool = false, isQuiet: Bool = false, width: Int = 80, listsExposed: Bool = false,
    invocation: Invocation? = nil
  ) {
    self.style = Style(color: color, width: width)
    self.isQuiet = isQuiet
    self.listsExposed = listsExposed
    self.invocation = invocation
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
      [headline.lines(style)] + details(of: snapshot, policy: policy, includesPath: headline.elidesPath(style))
    return (isFirst ? "" : "\n") + sections.filter { !$0.isEmpty }.map(Self.text).joined(separator: "\n")
  }

  /// A line for each snapshot, how many passed, failed and could not be verified, which files were passed over, and which
  /// waivers nothing needed; empty where there is one snapshot and nothing else.
  public func renderSummary(_ report: Report) -> String {
    let passedOver = PassedOverList(files: report.passedOver)
    guard !isQuiet else { return passedOver.count.map { Self.text(["\($0):"] + passedOver.lines(style)) } ?? "" }
    let unused = PolicyDescription.lines(unused: report.unusedWaivers, style)
    let end = unused.isEmpty ? "" : "\n" + Self.text(unused)
    guard report.snapshots.count != 1 || passedOver.count != nil else { return end }
    guard !report.snapshots.isEmpty else { return "No snapshots: nothing was verified.\n" + end }
    let outcomes: [(Verdict, String)] = [(.pass, "passed"), (.fail, "failed"), (.error, "could not be verified")]
    let counts = outcomes.compactMap { verdict, outcome in
      let count = report.snapshots.count { $0.verdict == verdict }
      return count > 0 ? "\(count) \(outcome)" : nil
    }
    let total = report.snapshots.count.counted("snapshot")
    let outcome = style.verdict(report.verdict, total) + ": " + counts.joined(separator: ", ")
    let table = report.snapshots.count > 1 ? SummaryTable(report: report).lines(style) + [""] : []
    return "\n" + Self.text(table + [outcome + (passedOver.count.map { "; \($0):" } ?? "")] + passedOver.lines(style))
      + end
  }

  private func details(of snapshot: SnapshotReport, policy: Policy, includesPath: Bool) -> [[String]] {
    [
      LayerTable(resources: snapshot.resources, layers: policy.layers).lines(style) + unsoundValues(of: snapshot),
      KeyTable(keys: snapshot.encryption, layers: policy.layers).lines(style),
      ConfigurationDescription(snapshot: snapshot, policy: policy).lines(style),
      ErrorSection(errors: snapshot.errors, omitted: snapshot.errorsOmitted).lines(style),
      listsExposed
        ? ExposureTable(exposed: snapshot.exposed, maximumFindings: policy.maximumFindings).lines(style) : [],
    ]
      + snapshot.foundRules.map { FindingGroup($0, of: snapshot).lines(style) }
      + [
        WaivedGroup.lines(of: snapshot, style),
        snapshot.foundRules.first.map { ["What a rule means, and what to do: atrest explain \($0.rawValue)"] } ?? [],
        ResidueTable(snapshot: snapshot).lines(style),
        FileDescription(snapshot: snapshot, includesPath: includesPath).lines(style),
        policy.file.map { PolicyDescription(source: $0, policy: policy).lines(style) } ?? [],
        invocation.map { InvocationDescription(invocation: $0, policy: policy).lines(style) } ?? [],
        NextStep.after(snapshot, policy: policy)?.lines(style) ?? [],
      ]
  }

  /// What the table counts as encrypted, by its envelope, and keys showed to be something else.
  private func unsoundValues(of snapshot: SnapshotReport) -> [String] {
    let outcomes: [(Rule, String)] = [(.authenticationFailed, "do not decrypt"), (.valueMoved, "were moved")]
    let phrases = outcomes.compactMap { rule, outcome in
      snapshot.findingCounts[rule].flatMap { $0 > 0 ? "\($0) \(outcome)" : nil }
    }
    return phrases.isEmpty
      ? []
      : "Of the values with an encryption envelope, \(phrases.listed).".words
        .paragraph(indent: 2, hanging: 2, width: style.width)
  }

  private static func text(_ lines: [String]) -> String { lines.joined(separator: "\n") + "\n" }
}
