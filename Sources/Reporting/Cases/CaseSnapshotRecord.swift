import VerificationModel

/// One of a case's `snapshots`.
struct CaseSnapshotRecord: Encodable {
  let cluster: PrintableText
  let number: Int
  let sha256: String
  let path: PrintableText
  let member: PrintableText?
  let bytes: UInt64
  let takenAt: CaseTimeRecord?
  let revision: Int64?
  let compactRevision: Int64?
  let verdict: String
  let complete: Bool
  let causes: [String]
  let findingCounts: [String: Int]
  let counts: [String: ClassCountsRecord]
  let errorCodes: [PrintableText]
  let release: PrintableText

  init(_ snapshot: CaseSnapshot) {
    cluster = PrintableText(snapshot.id.cluster)
    number = snapshot.id.number
    sha256 = snapshot.digest.description
    path = PrintableText(snapshot.path)
    member = snapshot.member.map(PrintableText.init)
    bytes = snapshot.bytes
    takenAt = snapshot.takenAt.map(CaseTimeRecord.init)
    revision = snapshot.revisions?.greatest
    compactRevision = snapshot.revisions?.compacted
    verdict = snapshot.verdict.rawValue
    complete = snapshot.isComplete
    causes = snapshot.causes.map(\.rawValue)
    findingCounts = Dictionary(uniqueKeysWithValues: snapshot.findingCounts.map { ($0.key.rawValue, $0.value) })
    counts = Dictionary(
      uniqueKeysWithValues: snapshot.counts.map { ($0.key.rawValue, ClassCountsRecord($0.value)) })
    errorCodes = snapshot.errorCodes.map(PrintableText.init)
    release = PrintableText(snapshot.release)
  }
}
