import ByteViews
import KubernetesStorage

/// Looks for the etcd keys under which values were written that are bound to one, but not to the one they lie under.
///
/// Every key of the store is tried on each of them, within bounds: what was written under a key that is gone, or altered,
/// is tried on all in vain.
package struct OriginSearch: ~Copyable {
  /// How far a search goes.
  package struct Limits: Sendable {
    /// Values that are searched for.
    package var values: Int
    /// The longest value that is searched for, in bytes.
    package var valueBytes: Int
    /// How long it may take in all.
    package var duration: Duration

    /// What a search may take unless told otherwise.
    package init(values: Int = 64, valueBytes: Int = 1 << 20, duration: Duration = .seconds(10)) {
      self.values = values
      self.valueBytes = valueBytes
      self.duration = duration
    }
  }

  /// What came of it, for one value.
  package enum Outcome: Hashable, Sendable {
    /// It was written under this key.
    case found([UInt8])
    /// It was written under none of the keys: it comes from elsewhere, or was altered.
    case notFound
    /// Beyond the bounds.
    case notSearched
  }

  private let judge: ValueJudge
  private let limits: Limits
  private let deadline: ContinuousClock.Instant
  /// By the numbers that they were added with.
  package private(set) var outcomes: [Int: Outcome] = [:]
  private var pending: [Pending] = []

  /// A value and its key, copied.
  private struct Pending {
    let number: Int
    let key: [UInt8]
    let prefixBytes: Int
    let path: ResourcePath
    let value: [UInt8]
    let provider: Provider
    let nameEnds: NameEnds
  }

  /// A search with the keys of `ring`; its time runs from now on.
  package init(_ ring: KeyRing, limits: Limits = Limits()) {
    judge = ValueJudge(ring)
    self.limits = limits
    deadline = .now + limits.duration
  }

  /// Adds a value to search for, under a number by which its outcome is found.
  package mutating func add(_ value: EncryptedValue, number: Int) {
    guard pending.count < limits.values, value.value.byteCount <= limits.valueBytes else {
      outcomes[number] = .notSearched
      return
    }
    var copies: (key: [UInt8], value: [UInt8]) = ([], [])
    copies.key.append(value.key)
    copies.value.append(value.value)
    outcomes[number] = .notFound
    pending.append(
      Pending(
        number: number, key: copies.key, prefixBytes: value.prefixBytes, path: value.path, value: copies.value,
        provider: value.provider, nameEnds: value.nameEnds))
  }

  /// Whether there is nothing left to search for.
  package var isDone: Bool { pending.isEmpty }

  /// Tries `key` on all values that are left. O(bytes of these values).
  package mutating func attempt(_ key: RawSpan) {
    for (position, value) in pending.enumerated().reversed() where opens(value, under: key) {
      outcomes[value.number] = .found([UInt8](copying: key))
      pending.remove(at: position)
    }
    guard ContinuousClock.now >= deadline else { return }
    for value in pending { outcomes[value.number] = .notSearched }
    pending = []
  }

  private func opens(_ value: Pending, under key: RawSpan) -> Bool {
    judge.opens(
      EncryptedValue(
        key: value.key.rawSpan, value.path, prefixBytes: value.prefixBytes, value: value.value.rawSpan,
        value.provider, value.nameEnds), under: key)
  }
}
