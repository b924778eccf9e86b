import CaseStore
import Cryptography
import SnapshotVerification
import VerificationModel

/// The rows of a snapshot that was read, for a case to take in.
struct HeardSnapshot: Sendable {
  /// Its name in an archive.
  let member: String?
  let digest: SHA256Digest?
  let rows: CaseIntake

  /// Collects `rows`, on the thread that read them.
  init(_ report: SnapshotReport, _ rows: AssessedRows) {
    member = report.file.member
    digest = report.bboltDigest
    var intake = CaseIntake()
    rows.forEach(&intake)
    self.rows = intake
  }

  /// Whether `report` is about it.
  func isOf(_ report: SnapshotReport) -> Bool { member == report.file.member && digest == report.bboltDigest }
}
