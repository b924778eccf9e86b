import VerificationModel

/// One of a check's `faults`.
struct CaseFaultRecord: Encodable {
  let code: PrintableText
  let message: PrintableText
  let act: Int?
  let snapshot: CaseSnapshotNameRecord?
  let object: CaseObjectRecord?

  init(_ fault: CaseCheck.Fault) {
    code = PrintableText(fault.code)
    message = PrintableText(fault.message)
    var (act, snapshot, object): (Int?, CaseSnapshotNameRecord?, CaseObjectRecord?) = (nil, nil, nil)
    switch fault.place {
    case .store: break
    case .act(let number): act = number
    case .snapshot(let id): snapshot = CaseSnapshotNameRecord(id)
    case .object(let place): object = CaseObjectRecord(place)
    }
    (self.act, self.snapshot, self.object) = (act, snapshot, object)
  }
}
