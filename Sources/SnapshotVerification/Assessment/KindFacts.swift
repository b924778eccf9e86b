import KubernetesStorage
import SnapshotReading
import VerificationModel

/// What every row asks of the kind of its value, in a few bytes: there may be millions of rows.
struct KindFacts {
  let valueClass: ValueClass
  /// The key that the value is encrypted with; nil when it is not encrypted.
  let key: KeyIdentity?
  /// Whether an API server wrote it in the clear.
  let isWrittenInTheClear: Bool
  /// Whether it may count wherever it lies: an object in scope, or keys in the clear.
  let countsWhereverItLies: Bool

  /// The facts of `kind`, whose key has the name of this number.
  init(_ kind: ValueKind, name: NameTable.ID, _ scope: ResourceScope) {
    valueClass = kind.valueClass
    key =
      kind.valueClass == .encrypted
      ? kind.provider.map { KeyIdentity(provider: $0, name: name, keyID: kind.keyID) } : nil
    isWrittenInTheClear = kind.valueClass == .plaintext && kind.reason == nil
    countsWhereverItLies = kind.traits.keys != nil || kind.traits.object.map(scope.covers) ?? false
  }
}
