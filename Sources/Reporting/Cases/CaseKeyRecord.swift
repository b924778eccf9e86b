import VerificationModel

/// One of the `keys`.
struct CaseKeyRecord: Encodable {
  let cluster: PrintableText
  let encryption: CaseEncryptionRecord
  let standing: String
  /// Where it is `needed`: the values in use that need it.
  let neededBy: Int?
  /// Where it is `retirable`: the snapshot in which the rotation was complete.
  let retirableSince: CaseSnapshotNameRecord?
  let firstWrite: Write
  let lastWrite: Write
  let uses: [Use]

  /// A value that was written with it, and the first snapshot that has that.
  struct Write: Encodable {
    let revision: RevisionRecord
    let snapshot: CaseSnapshotNameRecord

    init(_ write: CaseKey.Write) {
      revision = RevisionRecord(main: write.revision.main, sub: write.revision.sub)
      snapshot = CaseSnapshotNameRecord(write.snapshot)
    }
  }

  /// The values of a snapshot that need it.
  struct Use: Encodable {
    let snapshot: CaseSnapshotNameRecord
    let live: Int
    let history: Int
  }

  init(_ key: CaseKey) {
    cluster = PrintableText(key.cluster)
    encryption = CaseEncryptionRecord(key.encryption)
    switch key.standing {
    case .writing: (standing, neededBy, retirableSince) = ("writing", nil, nil)
    case .needed(let live): (standing, neededBy, retirableSince) = ("needed", live, nil)
    case .retirable(let snapshot):
      (standing, neededBy, retirableSince) = ("retirable", nil, CaseSnapshotNameRecord(snapshot))
    }
    firstWrite = Write(key.firstWrite)
    lastWrite = Write(key.lastWrite)
    uses = key.uses.map { Use(snapshot: CaseSnapshotNameRecord($0.snapshot), live: $0.live, history: $0.history) }
  }
}
