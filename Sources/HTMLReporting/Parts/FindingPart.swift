import Reporting
import RuleCatalog
import VerificationModel

/// The findings, by their rule: what the rule means folds out with them.
struct FindingPart {
  private let part: SnapshotPart
  /// The places of the findings in their list, by their rule.
  private let places: [Rule: [Int]]

  /// Groups of no more findings are folded out from the start where they are grave.
  private static let openLimit = 50

  init(of part: SnapshotPart) {
    self.part = part
    var places: [Rule: [Int]] = [:]
    for place in part.snapshot.findings.indices {
      places[part.snapshot.findings[place].rule, default: []].append(place)
    }
    self.places = places
  }

  /// Writes the part.
  func write(to page: inout PageWriter) throws {
    let rules = part.statement.rules
    let count = part.snapshot.findingCounts.values.reduce(0, +)
    try page.write(
      .findings,
      part.filling(
        "findings",
        [
          "title": .text("Findings"),
          "lead": .part(
            "lead",
            "\(count.counted("finding")) of \(rules.count.counted("rule")), the gravest first. Each rule folds out."),
        ]))
    for rule in rules { try write(rule, to: &page) }
    try page.write { $0.append(markup: "</div>\n") }
  }

  private func write(_ rule: Rule, to page: inout PageWriter) throws {
    let places = places[rule] ?? []
    let severity = part.statement.severity(of: rule)
    let count = part.snapshot.findingCounts[rule] ?? places.count
    let details = rule.details
    try page.write(
      .rule,
      [
        "open": .flag(severity >= .high && count <= Self.openLimit), "severity": .text(severity.rawValue),
        "level": .number(part.level + 2), "rule": .text(rule.rawValue), "title": .text(details.title),
        "count": .number(count), "meaning": .text(details.meaning), "importance": .text(details.importance),
        "repair": .text(details.repair),
        "controls": .list(details.controls.map { ["text": .text(Self.sentence(about: $0))] }),
      ])
    let rows = FoldedRows(
      noun: "findings of \(rule.rawValue)", columns: FindingRow.columns, count: places.count,
      omitted: count - places.count)
    try rows.write(to: &page) { number, buffer in
      FindingRow(finding: part.snapshot.findings[places[number]]).write(to: &buffer)
    }
    try page.write { $0.append(markup: "</div>\n</details>\n") }
  }

  private static func sentence(about control: Control) -> String {
    let remark = control.isVerified ? "" : " (number not checked against the text)"
    return "\(control.framework), \(control.number): \(control.title)\(remark)"
  }
}
