import VerificationModel

/// What is known once the last snapshot was read.
struct EndRecord: Encodable {
  let verdict: String
  let verdicts: VerdictCountsRecord
  let durationSeconds: Double
  let passedOver: [PassedOverRecord]

  init(_ report: Report, duration: Duration) {
    verdict = report.verdict.rawValue
    verdicts = VerdictCountsRecord(report.snapshots)
    durationSeconds = duration.seconds
    passedOver = report.passedOver.map(PassedOverRecord.init)
  }
}
