import VerificationModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The whole document. Records mirror `report.schema.json` member by member; whatever text may come from a file or
/// from the call is a ``PrintableText``.
struct ReportRecord: Encodable {
  /// Raised when a member is removed or changes its meaning.
  static let currentSchemaVersion = 1

  let schemaVersion = Self.currentSchemaVersion
  let tool: ToolRecord
  let startedAt: Date
  let durationSeconds: Double
  let verdict: String
  let policy: PolicyRecord
  let snapshots: [SnapshotRecord]
  let verdicts: VerdictCountsRecord
  let passedOver: [PassedOverRecord]
  /// Nil without a policy file.
  let unusedWaivers: [PolicyWaiverRecord]?

  /// - Parameter lists: takes the elements of the long lists.
  init(_ report: Report, invocation: Invocation, duration: Duration, _ lists: inout LongLists) {
    self.tool = ToolRecord(invocation)
    self.startedAt = invocation.startedAt
    self.durationSeconds = duration.seconds
    self.verdict = report.verdict.rawValue
    self.policy = PolicyRecord(report.policy)
    self.snapshots = report.snapshots.map {
      SnapshotRecord($0, policy: report.policy, listsFindings: true, &lists)
    }
    self.verdicts = VerdictCountsRecord(report.snapshots)
    self.passedOver = report.passedOver.map(PassedOverRecord.init)
    self.unusedWaivers = report.policy.file.map { _ in report.unusedWaivers.map(PolicyWaiverRecord.init) }
  }
}
