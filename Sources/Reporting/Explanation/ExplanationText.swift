import EncryptionConfig
import RuleCatalog
import VerificationModel

/// What rules stand for, for people, for a terminal of 80 columns.
public struct ExplanationText: Sendable {
  private let style: Style

  /// A text in the given manner.
  ///
  /// - Parameters:
  ///   - color: whether ANSI escape sequences mark severities and headings; without them there is no escape byte.
  ///   - width: columns of a line; `Int.max`: lines are whole, however long, as pipes and files get them.
  public init(color: Bool = false, width: Int = 80) {
    self.style = Style(color: color, width: width)
  }

  /// All rules, one after the other in a line or two.
  public func render(_ rules: [RuleDescription]) -> String {
    let lines = rules.flatMap { rule in
      let severity = rule.severity.rawValue.padded(to: Self.severityColumns)
      return [style.severity(rule.severity, severity) + "  " + style.bold(rule.id)]
        + rule.title.words.paragraph(
          indent: Self.severityColumns + 2, hanging: Self.severityColumns + 2, width: style.width)
    }
    return (lines + ["", "More about one of them: atrest explain RULE"]).joined(separator: "\n") + "\n"
  }

  /// All about one rule.
  public func render(_ rule: RuleDescription) -> String {
    let heading =
      style.severity(rule.severity, rule.severity.rawValue.uppercased()) + style.bold("  \(rule.id)")
      + "  raised by \(rule.commands.listed)"
    let sections = [
      [heading] + (rule.title + ".").words.paragraph(indent: 2, hanging: 2, width: style.width),
      section("Meaning", [rule.meaning]), section("Danger", [rule.importance]), section("Repair", [rule.repair]),
      section("Controls", rule.controls.map(Self.sentence) + remark(on: rule.controls)),
    ]
    return sections.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  private static let severityColumns = 8
  private static let labelColumns = 8

  private func section(_ label: String, _ texts: [String]) -> [String] {
    LabelledText(label: label.padded(to: Self.labelColumns), texts: texts).lines(style)
  }

  private static func sentence(about control: Control) -> String {
    "\(control.framework) \(control.number)\(control.isVerified ? "" : "*"): \(control.title)"
  }

  private func remark(on controls: [Control]) -> [String] {
    controls.allSatisfy(\.isVerified) ? [] : ["* not checked against the text: do so before you quote the number"]
  }
}

extension RuleDescription {
  /// The commands that raise findings of the rule.
  var commands: [String] {
    [(Rule(rawValue: id) != nil, "verify"), (LintRule(rawValue: id) != nil, "lint")].filter(\.0).map(\.1)
  }
}
