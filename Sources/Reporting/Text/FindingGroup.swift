import EtcdStorage
import VerificationModel

/// The findings of one rule.
struct FindingGroup {
  let rule: Rule
  /// The greatest among them.
  let severity: Severity
  /// How many there are, listed or not.
  let count: Int
  /// Those to list.
  private let sections: [FindingSection]
  /// How many stand among the errors in the same words, and are not repeated.
  private let namedAsErrors: Int

  /// What each resource may list of what all may list together, however many they are.
  private static let leastShare = 3

  init(_ rule: Rule, of snapshot: SnapshotReport) {
    let errors = Set(snapshot.errors.map(\.message))
    let findings = snapshot.findings.filter { $0.rule == rule }
    let others = findings.filter { $0.subject != nil || !errors.contains($0.message) }
    let areManyResources = Set(snapshot.resources.map(\.resource)).count > 1
    self.rule = rule
    self.severity = snapshot.severity(of: rule)
    self.count = snapshot.findingCounts[rule, default: findings.count]
    self.sections = areManyResources ? FindingSection.byResource(others) : [FindingSection(resource: nil, others)]
    self.namedAsErrors = findings.count - others.count
  }

  /// A heading, what the rule stands for, and the first of the findings.
  func lines(_ style: Style) -> [String] {
    let heading = style.severity(severity, severity.rawValue.uppercased())
    let listed = listed(atMost: style.limit())
    return [heading + style.bold("  \(rule.rawValue) (\(count))")]
      + rule.summary.words.paragraph(indent: 2, hanging: 2, width: style.width).map(style.dim)
      + Table(alignment: .left, rows: listed.flatMap { $0.rows(width: style.width) }).lines(style)
      + remarks(listed: listed.reduce(0) { $0 + $1.count }, style).map(style.dim)
  }

  /// As many entries as a list may have, some of each resource as far as possible.
  private func listed(atMost limit: Int) -> [FindingSection] {
    var room = limit
    let share = max(Self.leastShare, room / max(1, sections.count))
    return sections.compactMap { section in
      guard room > 0 else { return nil }
      let listed = section.prefix(min(share, room))
      room -= listed.entries.count
      return listed
    }
  }

  /// What is not listed: in a pipe or a file, that of which no details were kept.
  private func remarks(listed: Int, _ style: Style) -> [String] {
    let rest = count - listed - namedAsErrors
    let cut =
      style.width < .max ? style.cut("\(rest) more") : "  … and \(rest) more: verify with a greater --max-findings"
    return (namedAsErrors > 0 ? ["  \(namedAsErrors) named under Errors"] : []) + (rest > 0 ? [cut] : [])
  }
}
