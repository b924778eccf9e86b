import RuleCatalog

/// One of the `rules`.
struct ExplanationRecord: Encodable {
  let rule: String
  let severity: String
  let commands: [String]
  let title: String
  let meaning: String
  let importance: String
  let repair: String
  let controls: [Evidence]

  /// One of a rule's `controls`.
  struct Evidence: Encodable {
    let framework: String
    let number: String
    let title: String
    /// Whether the number was read in a copy.
    let verified: Bool

    init(_ control: Control) {
      self.framework = control.framework
      self.number = control.number
      self.title = control.title
      self.verified = control.isVerified
    }
  }

  init(_ rule: RuleDescription) {
    self.rule = rule.id
    self.severity = rule.severity.rawValue
    self.commands = rule.commands
    self.title = rule.title
    self.meaning = rule.meaning
    self.importance = rule.importance
    self.repair = rule.repair
    self.controls = rule.controls.map(Evidence.init)
  }
}
