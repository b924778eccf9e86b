import VerificationModel

/// One of the `values` of an object.
struct CaseValueRecord: Encodable {
  let revision: RevisionRecord?
  let valueClass: String
  let encryption: CaseEncryptionRecord?
  let authenticity: String
  let valueBytes: Int
  /// Values of one number are the same.
  let contents: Int?
  let presences: [Presence]

  /// Snapshots, one after the other, that hold it in one layer.
  struct Presence: Encodable {
    let layer: String
    let first: CaseSnapshotNameRecord
    let last: CaseSnapshotNameRecord
  }

  private enum CodingKeys: String, CodingKey {
    case valueClass = "class"
    case revision, encryption, authenticity, valueBytes, contents, presences
  }

  init(_ entry: CaseTimeline.Entry) {
    revision = entry.revision.map { RevisionRecord(main: $0.main, sub: $0.sub) }
    valueClass = entry.valueClass.rawValue
    encryption = entry.encryption.map(CaseEncryptionRecord.init)
    authenticity = entry.authenticity.label
    valueBytes = entry.valueBytes
    contents = entry.contents
    presences = entry.presences.map {
      Presence(
        layer: $0.layer?.rawValue ?? "elsewhere", first: CaseSnapshotNameRecord($0.first),
        last: CaseSnapshotNameRecord($0.last))
    }
  }
}

extension Authenticity {
  /// What reports for programs call it.
  var label: String {
    switch self {
    case .notJudged: "not-judged"
    case .refused: "refused"
    case .altered: "altered"
    case .unplaced: "unplaced"
    case .notAnObject: "not-an-object"
    case .moved: "moved"
    case .authentic: "authentic"
    }
  }
}
