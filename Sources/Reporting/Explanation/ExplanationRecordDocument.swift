import RuleCatalog

/// The whole document. Records mirror `explain.schema.json` member by member.
struct ExplanationRecordDocument: Encodable {
  /// Raised when a member is removed or changes its meaning.
  let schemaVersion = 1
  let tool: ToolRecord
  let rules: [ExplanationRecord]

  init(_ rules: [RuleDescription], invocation: Invocation) {
    self.tool = ToolRecord(invocation)
    self.rules = rules.map(ExplanationRecord.init)
  }
}
