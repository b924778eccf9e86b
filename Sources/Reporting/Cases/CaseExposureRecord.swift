import VerificationModel

/// One of the `exposures`.
struct CaseExposureRecord: Encodable {
  let object: CaseObjectRecord
  let rotate: Bool
  let standing: String
  /// Where it is `changed`: the revision since which it is another value.
  let changedSince: RevisionRecord?
  let firstRevision: RevisionRecord?
  let lastRevision: RevisionRecord?
  let values: Int?
  let firstSnapshot: CaseSnapshotNameRecord
  let lastSnapshot: CaseSnapshotNameRecord
  let snapshots: Int
  let layers: [String]
  let lastLayer: String

  init(_ exposure: CaseExposure) {
    object = CaseObjectRecord(exposure.object)
    rotate = exposure.isToBeRotated
    standing = exposure.standing.label
    if case .changed(let revision) = exposure.standing {
      changedSince = RevisionRecord(main: revision.main, sub: revision.sub)
    } else {
      changedSince = nil
    }
    firstRevision = exposure.firstRevision.map { RevisionRecord(main: $0.main, sub: $0.sub) }
    lastRevision = exposure.lastRevision.map { RevisionRecord(main: $0.main, sub: $0.sub) }
    values = exposure.values
    firstSnapshot = CaseSnapshotNameRecord(exposure.firstSnapshot)
    lastSnapshot = CaseSnapshotNameRecord(exposure.lastSnapshot)
    snapshots = exposure.snapshots
    layers = exposure.layers.map(\.rawValue)
    lastLayer = exposure.lastLayer?.rawValue ?? "elsewhere"
  }
}

extension CaseExposure.Standing {
  /// What reports for programs call it.
  var label: String {
    switch self {
    case .plaintext: "plaintext"
    case .reencrypted: "re-encrypted"
    case .changed: "changed"
    case .deleted: "deleted"
    case .unknown: "unknown"
    }
  }
}
