import KubernetesStorage

/// What was counted of one resource below one prefix.
struct ResourceTally {
  private(set) var live = ClassCounts()
  private(set) var history = ClassCounts()
  /// The key of the value counted last, which mostly is that of the next one too, and what was counted of it.
  private var current: KeyIdentity?
  private var usage = KeyUsage()
  /// What was counted of the other keys.
  private var others: [KeyIdentity: KeyUsage] = [:]
  /// How the live values stand to a configuration; nil without one.
  var rotation: SnapshotReport.Rotation?

  /// Counts one more value.
  mutating func add(_ candidate: Candidate, _ valueClass: ValueClass, _ key: KeyIdentity?, _ layer: Layer) {
    if layer == .live { live.count(valueClass) } else { history.count(valueClass) }
    guard let key else { return }
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
}
