import VerificationModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The whole document. Records mirror `lint.schema.json` member by member; whatever text may come from a file or from
/// the call is a ``PrintableText``.
struct LintRecordDocument: Encodable {
  /// Raised when a member is removed or changes its meaning.
  let schemaVersion = 1
  let tool: ToolRecord
  let startedAt: Date
  let durationSeconds: Double
  let verdict: String
  let policy: LintRecordPolicy
  let file: LintRecordFile
  let resources: [LintRecordResource]?
  let snapshot: LintRecordSnapshot?
  let errors: [LintRecordError]
  let findings: [LintRecordFinding]

  init(_ report: LintReport, invocation: Invocation, duration: Duration) {
    self.tool = ToolRecord(invocation)
    self.startedAt = invocation.startedAt
    self.durationSeconds = duration.seconds
    self.verdict = report.verdict.rawValue
    self.policy = LintRecordPolicy(report.policy)
    self.file = LintRecordFile(report)
    self.resources = report.configuration.map { configuration in
      configuration.patterns.map { LintRecordResource($0, in: configuration) }
    }
    self.snapshot = report.survey.map { LintRecordSnapshot($0, report.configuration) }
    self.errors = report.refusals.map(LintRecordError.init)
    self.findings = report.findings.map(LintRecordFinding.init)
  }
}
