import VerificationModel

/// One of a check's `evidence`.
struct CaseEvidenceRecord: Encodable {
  let path: PrintableText
  let member: PrintableText?
  let sha256: String?
  let outcome: String
  let snapshot: CaseSnapshotNameRecord?
  let reason: PrintableText?

  init(_ evidence: CaseCheck.Evidence) {
    path = PrintableText(evidence.path)
    member = evidence.member.map(PrintableText.init)
    sha256 = evidence.digest?.description
    switch evidence.outcome {
    case .same(let id): (outcome, snapshot, reason) = ("same", CaseSnapshotNameRecord(id), nil)
    case .altered(let id): (outcome, snapshot, reason) = ("altered", CaseSnapshotNameRecord(id), nil)
    case .unknown: (outcome, snapshot, reason) = ("unknown", nil, nil)
    case .unreadable(let text): (outcome, snapshot, reason) = ("unreadable", nil, PrintableText(text))
    }
  }
}
