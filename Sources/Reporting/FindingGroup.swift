import EtcdStorage
import SnapshotVerification

/// The findings of one rule.
struct FindingGroup {
  let rule: Rule
  /// How many there are, listed or not.
  let count: Int
  /// Those to list, one entry for each key.
  private let entries: [FindingEntry]
  /// How many stand among the errors in the same words, and are not repeated.
  private let namedAsErrors: Int

  init(_ rule: Rule, of snapshot: SnapshotReport) {
    let errors = Set(snapshot.errors.map(\.message))
    let findings = snapshot.findings.filter { $0.rule == rule }
    let others = findings.filter { $0.subject != nil || !errors.contains($0.message) }
    self.rule = rule
    self.count = snapshot.findingCounts[rule, default: findings.count]
    self.entries = Self.entries(of: others)
    self.namedAsErrors = findings.count - others.count
  }

  /// A heading, what the rule stands for, and the first of the findings.
  func lines(_ style: Style) -> [String] {
    let heading = "\(rule.severity.rawValue.uppercased())  \(rule.rawValue) (\(count))"
    let listed = entries.prefix(TextReport.listLimit)
    return [style.bold(heading)] + rule.summary.words.paragraph(indent: 2, hanging: 2).map(style.dim)
      + Table(alignment: .left, rows: listed.flatMap(\.rows)).lines(style)
      + remarks(listed: listed.reduce(0) { $0 + $1.count }).map(style.dim)
  }

  private func remarks(listed: Int) -> [String] {
    let rest = count - listed - namedAsErrors
    return (namedAsErrors > 0 ? ["  \(namedAsErrors) named under Errors"] : [])
      + (rest > 0 ? ["  … and \(rest) more"] : [])
  }

  /// Findings about the same key, which differ in their revision, become one entry.
  private static func entries(of findings: [Finding]) -> [FindingEntry] {
    var entries: [FindingEntry] = []
    var places: [EtcdKey: Int] = [:]
    for finding in findings {
      guard let key = finding.subject?.names?.key else {
        entries.append(FindingEntry(finding))
        continue
      }
      if let place = places[key] {
        entries[place].count += 1
      } else {
        places[key] = entries.count
        entries.append(FindingEntry(finding))
      }
    }
    return entries
  }
}
