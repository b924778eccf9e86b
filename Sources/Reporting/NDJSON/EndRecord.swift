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

/// How many snapshots have which verdict.
struct VerdictCountsRecord: Encodable {
  let pass: Int
  let fail: Int
  let error: Int

  init(_ snapshots: [SnapshotReport]) {
    pass = snapshots.count { $0.verdict == .pass }
    fail = snapshots.count { $0.verdict == .fail }
    error = snapshots.count { $0.verdict == .error }
  }
}
