import EncryptionConfig

/// One of the `findings`.
struct LintRecordFinding: Encodable {
  let rule: String
  let severity: String
  let message: PrintableText
  let remedy: PrintableText
  let config: LintRecordPlace

  init(_ finding: LintFinding) {
    self.rule = finding.rule.rawValue
    self.severity = finding.severity.rawValue
    self.message = PrintableText(finding.message)
    self.remedy = PrintableText(finding.remedy)
    self.config = LintRecordPlace(finding.place)
  }
}
