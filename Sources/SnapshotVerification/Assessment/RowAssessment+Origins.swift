import ByteViews
import EtcdStorage
import KubernetesStorage
import SnapshotReading
import ValueAuthentication

extension RowAssessment {
  /// Searches, within bounds, for the etcd keys under which values were written that open under neither their own nor the
  /// one that their object names. `source` has the rows, where they can be read again.
  mutating func findOrigins(_ ring: KeyRing, in source: inout any RowNameSource) {
    nameOrigins(ring.digests, &source)
    let positions = flagged.indices.filter { flagged[$0].detail == .originNotSearched }
    guard !positions.isEmpty else { return }
    var search = OriginSearch(ring)
    for position in positions { add(flagged[position], to: &search, number: position, &source) }
    var tried: Set<KeyDigest> = []
    for candidate in store.list.candidates where candidate.nonce != .none && !search.isDone {
      guard tried.insert(candidate.digest).inserted, let key = source.key(of: candidate) else { continue }
      search.attempt(key.bytes.rawSpan)
    }
    for (position, outcome) in search.outcomes { settle(position, outcome) }
  }

  private func add(
    _ row: FlaggedRow, to search: inout OriginSearch, number: Int, _ source: inout any RowNameSource
  ) {
    let candidate = candidate(row)
    guard let prefix = prefix(of: candidate), let (key, value) = source.keyAndValue(of: candidate) else { return }
    let (keyBytes, valueBytes) = (key.rawSpan, value.rawSpan)
    guard let envelope = Classification(of: valueBytes).envelope,
      let path = ResourcePath(
        key: keyBytes, prefixBytes: prefix.bytes.count, tree: StorageTree(below: prefix))
    else { return }
    search.add(
      EncryptedValue(key: keyBytes, path, prefixBytes: prefix.bytes.count, value: valueBytes, envelope), number: number)
  }

  private mutating func settle(_ position: Int, _ outcome: OriginSearch.Outcome) {
    let row = flagged[position]
    switch outcome {
    case .found(let key):
      flagged[position] = FlaggedRow(.valueMoved, row.layer, Int(row.number))
      originsFound[candidate(row).messageOffset] = EtcdKey(bytes: key)
    case .notFound: flagged[position].detail = .altered
    case .notSearched: break
    }
  }

  /// Finds the rows of the etcd keys that the objects in moved values name, of which the judge tells digests alone.
  private mutating func nameOrigins(_ digests: KeyDigest.Maker, _ source: inout any RowNameSource) {
    var rows: [KeyDigest: [UInt64]] = [:]
    for row in flagged where row.rule == .valueMoved {
      let offset = candidate(row).messageOffset
      if case .named(let digest) = store.list.origins[offset] { rows[digest, default: []].append(offset) }
    }
    guard !rows.isEmpty else { return }
    let deadline = ContinuousClock.now + OriginSearch.Limits().duration
    var tried: Set<KeyDigest> = []
    for candidate in store.list.candidates where !rows.isEmpty && ContinuousClock.now < deadline {
      guard tried.insert(candidate.digest).inserted, let key = source.key(of: candidate) else { continue }
      for offset in rows.removeValue(forKey: digests.digest(of: key.bytes.rawSpan)) ?? [] { originsFound[offset] = key }
    }
  }

  /// The etcd key that the row was written under, or that its object names; nil when it is not known.
  func origin(of row: FlaggedRow) -> EtcdKey? {
    guard row.rule == .valueMoved else { return nil }
    let offset = candidate(row).messageOffset
    if case .key(let key) = store.list.origins[offset] { return originsFound[offset] ?? key }
    return originsFound[offset]
  }
}
