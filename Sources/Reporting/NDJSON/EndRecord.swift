import VerificationModel

/// What is known once the last snapshot was read.
struct EndRecord: Encodable {
  let verdict: String
  let verdicts: VerdictCountsRecord
  let durationSeconds: Double
  let passedOver: [PassedOverRecord]
  /// Nil without a policy file.
  let unusedWaivers: [PolicyWaiverRecord]?

  init(_ report: Report, duration: Duration) {
    verdict = report.verdict.rawValue
    verdicts = VerdictCountsRecord(report.snapshots)
    durationSeconds = duration.seconds
    passedOver = report.passedOver.map(PassedOverRecord.init)
    unusedWaivers = report.policy.file.map { _ in report.unusedWaivers.map(PolicyWaiverRecord.init) }
  }
}
