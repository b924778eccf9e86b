import CaseStore
import VerificationModel

/// One of two snapshots that are held against each other without a case.
struct ComparedSnapshot {
  let report: SnapshotReport
  private let takenAt: SnapshotTime?
  private let rows: CaseIntake

  /// The snapshots in an input, of whose rows these were heard.
  static func all(of input: InputReport, _ heard: [HeardSnapshot]) -> [ComparedSnapshot] {
    input.snapshots.filter { !$0.isAboutCompanion }.map { report in
      ComparedSnapshot(
        report: report, takenAt: SnapshotTime(of: report, in: input),
        rows: heard.first { $0.isOf(report) }?.rows ?? CaseIntake())
    }
  }

  /// What is different in two of them.
  static func difference(_ before: ComparedSnapshot, _ after: ComparedSnapshot) -> CaseDifference {
    let clusters = (before.report.cluster, after.report.cluster)
    var mayBeOne: Bool?
    if let one = clusters.0, let other = clusters.1 { mayBeOne = one.mayBeSame(as: other) }
    return CaseDifference(
      between: before.rows, CaseDifference.Side(before.report, takenAt: before.takenAt), and: after.rows,
      CaseDifference.Side(after.report, takenAt: after.takenAt), mayBeOneCluster: mayBeOne)
  }
}
