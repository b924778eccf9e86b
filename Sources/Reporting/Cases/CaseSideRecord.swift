import VerificationModel

/// One of two snapshots that are held against each other.
struct CaseSideRecord: Encodable {
  let path: PrintableText
  let member: PrintableText?
  let snapshot: CaseSnapshotNameRecord?
  let takenAt: CaseTimeRecord?
  let revision: Int64?

  init(_ side: CaseDifference.Side) {
    path = PrintableText(side.path)
    member = side.member.map(PrintableText.init)
    snapshot = side.id.map(CaseSnapshotNameRecord.init)
    takenAt = side.takenAt.map(CaseTimeRecord.init)
    revision = side.revision
  }
}
