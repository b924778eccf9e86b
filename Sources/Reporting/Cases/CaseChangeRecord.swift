import VerificationModel

/// One of the `changes` between two snapshots.
struct CaseChangeRecord: Encodable {
  let object: CaseObjectRecord
  let kind: String
  let before: State?
  let after: State?
  let sameContents: Bool?

  /// What one of them has of the object.
  struct State: Encodable {
    let live: Value?
    let exposedIn: [String]

    init(_ state: CaseDifference.State) {
      live = state.live.map(Value.init)
      exposedIn = state.exposedIn.map(\.rawValue)
    }
  }

  /// The value in use.
  struct Value: Encodable {
    let revision: RevisionRecord
    let valueClass: String
    let encryption: CaseEncryptionRecord?

    private enum CodingKeys: String, CodingKey {
      case valueClass = "class"
      case revision, encryption
    }

    init(_ value: CaseDifference.Value) {
      revision = RevisionRecord(main: value.revision.main, sub: value.revision.sub)
      valueClass = value.valueClass.rawValue
      encryption = value.encryption.map(CaseEncryptionRecord.init)
    }
  }

  init(_ change: CaseDifference.Change) {
    object = CaseObjectRecord(change.object)
    kind = change.kind.rawValue
    before = change.before.map(State.init)
    after = change.after.map(State.init)
    sameContents = change.hasSameContents
  }
}
