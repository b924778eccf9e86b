import VerificationModel

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
