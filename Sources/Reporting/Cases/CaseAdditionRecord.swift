import VerificationModel

/// One of the `additions`.
struct CaseAdditionRecord: Encodable {
  let path: PrintableText
  let member: PrintableText?
  let outcome: String
  let snapshot: CaseSnapshotRecord?
  let reason: PrintableText?

  init(_ addition: CaseAddition) {
    path = PrintableText(addition.path)
    member = addition.member.map(PrintableText.init)
    switch addition.outcome {
    case .added(let snapshot): (outcome, self.snapshot, reason) = ("added", CaseSnapshotRecord(snapshot), nil)
    case .known(let snapshot): (outcome, self.snapshot, reason) = ("known", CaseSnapshotRecord(snapshot), nil)
    case .failed(let text): (outcome, self.snapshot, reason) = ("failed", nil, PrintableText(text))
    }
  }
}
