import EtcdStorage
import KubernetesStorage
import SnapshotInput
import SnapshotReading
import VerificationModel

/// What was counted of one resource below one prefix.
struct ResourceTally {
  private(set) var live = ClassCounts()
  private(set) var history = ClassCounts()
  /// The key of the value counted last, which mostly is that of the next one too, and what was counted of it.
  private var current: KeyIdentity?
  private var usage = KeyUsage()
  /// What was counted of the other keys.
  private var others: [KeyIdentity: KeyUsage] = [:]
  /// The newest value that an API server wrote in the clear.
  private(set) var newestPlaintext = Revision(main: 0, sub: 0)
  /// How the live values stand to a configuration; nil without one.
  var rotation: SnapshotReport.Rotation?

  /// Counts one more value, which is of this kind.
  mutating func add(_ candidate: Candidate, _ facts: KindFacts, _ layer: Layer) {
    if layer == .live { live.count(facts.valueClass) } else { history.count(facts.valueClass) }
    if facts.isWrittenInTheClear { newestPlaintext = max(newestPlaintext, candidate.revision) }
    guard let key = facts.key else { return }
    if key != current {
      if let current { others[current] = usage }
      usage = others.removeValue(forKey: key) ?? KeyUsage()
      current = key
    }
    usage.add(candidate, layer)
  }

  /// The keys that encrypt its values.
  var keys: [KeyIdentity: KeyUsage] {
    var keys = others
    if let current { keys[current] = usage }
    return keys
  }

  /// The key of the newest encrypted value.
  var newestKey: KeyIdentity? { newestKey { _ in true } }

  /// The key of the newest encrypted value among those keys that `isAsked` tells.
  func newestKey(_ isAsked: (KeyIdentity) -> Bool) -> KeyIdentity? {
    keys.filter { isAsked($0.key) }.max { $0.value.newest < $1.value.newest }?.key
  }

  /// Whether a value was written in the clear after another one had been encrypted.
  var hasPlaintextAfterEncrypted: Bool {
    guard newestPlaintext.main > 0, let oldest = keys.values.compactMap(\.oldest).min() else { return false }
    return newestPlaintext > oldest
  }

  /// What wrote the newest value of all, as far as API servers write it; nil where none did.
  var newestWrite: SnapshotReport.NewestWrite? {
    let newestEncrypted = keys.values.map(\.newest).max() ?? Revision(main: 0, sub: 0)
    guard newestPlaintext.main > 0 || newestEncrypted.main > 0 else { return nil }
    return newestPlaintext > newestEncrypted ? .inTheClear : .encrypted
  }
}
