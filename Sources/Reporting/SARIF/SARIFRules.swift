import RuleCatalog
import VerificationModel

/// The rules as a SARIF log describes them, from the catalog.
struct SARIFRules {
  /// The greatest severity of each rule in the report, where a policy may have changed it.
  private let severities: [Rule: Severity]

  init(of snapshots: [SnapshotReport]) {
    severities = snapshots.reduce(into: [:]) { all, snapshot in
      let waived = snapshot.waived.map { ($0.rule, $0.severity) }
      all.merge(snapshot.severities) { max($0, $1) }
      all.merge(waived) { max($0, $1) }
    }
  }

  /// Where the description of each rule stands in the list.
  static let indices = Dictionary(uniqueKeysWithValues: Rule.allCases.enumerated().map { ($1, $0) })

  /// Writes the member `rules`.
  func write(to json: inout JSONBuffer) {
    json.array("rules") { json in
      for rule in Rule.allCases { json.object { write(rule, to: &$0) } }
    }
  }

  private func write(_ rule: Rule, to json: inout JSONBuffer) {
    let details = rule.details
    let severity = severities[rule] ?? rule.severity
    json.member("id", details.id)
    json.object("shortDescription") { $0.member("text", Self.sentence(details.title)) }
    json.object("fullDescription") { $0.member("text", "\(Self.sentence(details.title)) \(details.meaning)") }
    json.object("help") { json in
      json.member("text", Self.text(details))
      json.member("markdown", Self.markdown(details))
    }
    json.object("defaultConfiguration") { $0.member("level", Self.level(of: severity)) }
    json.object("properties") { json in
      json.member("precision", "very-high")
      json.member("security-severity", Self.score(of: severity))
      json.member("tags", Self.tags(details))
    }
  }

  /// The level of a finding of this severity.
  static func level(of severity: Severity) -> String {
    switch severity {
    case .critical, .high: "error"
    case .medium: "warning"
    case .low, .info: "note"
    }
  }

  /// GitHub shows what is above 9.0 as critical, from 7.0 on as high, from 4.0 on as medium, and from 0.1 on as low.
  private static func score(of severity: Severity) -> String {
    switch severity {
    case .critical: "9.5"
    case .high: "8.0"
    case .medium: "5.5"
    case .low: "3.0"
    case .info: "0.0"
    }
  }

  /// The most tags that GitHub takes.
  private static let mostTags = 20

  private static func tags(_ details: RuleDescription) -> [String] {
    let frameworks = details.controls.map { control in
      (control.framework + " " + (control.number.count < 12 ? control.number : "")).trimmedAtEnd
    }
    var seen: Set<String> = []
    return (["security", "encryption-at-rest", "etcd", "kubernetes"] + frameworks)
      .filter { seen.insert($0).inserted }.prefix(mostTags).map(\.self)
  }

  private static func sentence(_ clause: String) -> String { clause.prefix(1).uppercased() + clause.dropFirst() + "." }

  private static func text(_ details: RuleDescription) -> String {
    let controls = details.controls.map { "\($0.framework) \($0.number): \($0.title)" }
    return [details.meaning, details.importance, details.repair].joined(separator: "\n\n")
      + "\n\nAsked for by:\n" + controls.map { "- \($0)" }.joined(separator: "\n")
  }

  private static func markdown(_ details: RuleDescription) -> String {
    let controls = details.controls.map { "- \($0.framework) \($0.number): \($0.title)" }
    return """
      \(details.meaning)

      **Why it matters.** \(details.importance)

      **What to do.** \(details.repair)

      **Asked for by**

      \(controls.joined(separator: "\n"))
      """
  }
}
