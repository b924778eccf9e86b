/// A row that a finding is about.
struct FlaggedRow: Sendable {
  let rule: Rule
  let severity: Severity
  let layer: Layer
  /// The row's number among the candidates.
  let number: UInt32

  init(_ rule: Rule, _ layer: Layer, _ number: Int, severity: Severity? = nil) {
    self.rule = rule
    self.severity = severity ?? rule.severity
    self.layer = layer
    self.number = UInt32(number)
  }
}
