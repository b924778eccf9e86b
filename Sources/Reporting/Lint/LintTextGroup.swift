import EncryptionConfig
import RuleCatalog

/// The findings of one rule about a configuration.
struct LintTextGroup {
  /// Never empty.
  let findings: [LintFinding]

  /// A heading, what the rule stands for, and the first of the findings.
  func lines(_ style: Style) -> [String] {
    let rule = findings[0].rule
    let heading = style.severity(rule.severity, rule.severity.rawValue.uppercased())
    let listed = findings.prefix(style.limit())
    let rest = findings.count - listed.count
    return [heading + style.bold("  \(rule.rawValue) (\(findings.count))")]
      + rule.details.title.words.paragraph(indent: 2, hanging: 2, width: style.width).map(style.dim)
      + listed.flatMap { Self.lines(of: $0, style) }
      + (rest > 0 ? [style.dim(style.cut("\(rest) more"))] : [])
  }

  private static func lines(of finding: LintFinding, _ style: Style) -> [String] {
    [finding.place.description, "  " + finding.message]
      .flatMap { PrintableText($0).description.words.paragraph(indent: 2, hanging: 4, width: style.width) }
  }
}
