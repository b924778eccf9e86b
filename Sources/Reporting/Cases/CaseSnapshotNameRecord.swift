import VerificationModel

/// What names a snapshot of a case.
struct CaseSnapshotNameRecord: Encodable {
  let cluster: PrintableText
  let number: Int

  init(_ id: CaseSnapshot.ID) {
    cluster = PrintableText(id.cluster)
    number = id.number
  }
}
