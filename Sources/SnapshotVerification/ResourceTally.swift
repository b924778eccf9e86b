import KubernetesStorage

/// What was counted of one resource below one prefix.
struct ResourceTally {
  private(set) var live = ClassCounts()
  private(set) var history = ClassCounts()
  /// The keys that encrypt its values.
  private(set) var keys: [KeyIdentity: KeyUsage] = [:]
  /// How the live values stand to a configuration; nil without one.
  var rotation: SnapshotReport.Rotation?

  /// Counts one more value.
  mutating func add(_ candidate: Candidate, _ valueClass: ValueClass, _ key: KeyIdentity?, _ layer: Layer) {
    if layer == .live { live.count(valueClass) } else { history.count(valueClass) }
    if let key { keys[key, default: KeyUsage()].add(candidate, layer) }
  }

  /// The key of the newest encrypted value.
  var newestKey: KeyIdentity? { newestKey { _ in true } }

  /// The key of the newest encrypted value among those keys that `isAsked` tells.
  func newestKey(_ isAsked: (KeyIdentity) -> Bool) -> KeyIdentity? {
    keys.filter { isAsked($0.key) }.max { $0.value.newest < $1.value.newest }?.key
  }
}
