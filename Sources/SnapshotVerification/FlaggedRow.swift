/// A row that a finding is about.
struct FlaggedRow: Sendable {
  let rule: Rule
  let severity: Severity
  let layer: Layer
  let candidate: Candidate

  init(_ rule: Rule, _ layer: Layer, _ candidate: Candidate, severity: Severity? = nil) {
    self.rule = rule
    self.severity = severity ?? rule.severity
    self.layer = layer
    self.candidate = candidate
  }
}
