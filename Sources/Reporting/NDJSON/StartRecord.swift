import VerificationModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What is known before the first snapshot is read.
struct StartRecord: Encodable {
  let schemaVersion = ReportRecord.currentSchemaVersion
  let tool: ToolRecord
  let startedAt: Date
  let policy: PolicyRecord

  init(policy: Policy, invocation: Invocation) {
    self.tool = ToolRecord(invocation)
    self.startedAt = invocation.startedAt
    self.policy = PolicyRecord(policy)
  }
}
