import VerificationModel

/// One of the `leaks`: a snapshot to destroy.
struct CaseLeakRecord: Encodable {
  let snapshot: CaseSnapshotNameRecord
  let sha256: String?
  let path: PrintableText?
  let member: PrintableText?
  let takenAt: CaseTimeRecord?
  let objects: Int
  let objectsInForce: Int
  let layers: [String]

  init(_ leak: CaseExposures.Leak, _ snapshot: CaseSnapshot?) {
    self.snapshot = CaseSnapshotNameRecord(leak.snapshot)
    sha256 = snapshot?.digest.description
    path = (snapshot?.path).map(PrintableText.init)
    member = (snapshot?.member).map(PrintableText.init)
    takenAt = (snapshot?.takenAt).map(CaseTimeRecord.init)
    objects = leak.objects
    objectsInForce = leak.objectsInForce
    layers = leak.layers.map(\.rawValue)
  }
}
