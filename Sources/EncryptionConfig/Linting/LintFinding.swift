import RuleCatalog

/// Something about a configuration that an API server accepts all the same.
public struct LintFinding: Hashable, Sendable, CustomStringConvertible {
  /// What the finding is about.
  public let rule: LintRule
  /// Where.
  public let place: ConfigurationPlace
  /// A sentence for people. It may hold names from the file or the snapshot as they are, so a report escapes them; never
  /// a secret, nor any text that looks like one.
  public let message: String
  /// What to do, in a sentence.
  public let remedy: String

  init(_ rule: LintRule, at place: ConfigurationPlace, _ message: String, remedy: String? = nil) {
    self.rule = rule
    self.place = place
    self.message = message
    self.remedy = remedy ?? rule.details.repair
  }

  /// How much it matters.
  public var severity: Severity { rule.severity }

  /// The place, the rule and the message.
  public var description: String { "\(place): \(rule.rawValue): \(message)" }
}
