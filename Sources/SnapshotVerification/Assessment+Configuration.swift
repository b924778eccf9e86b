import EncryptionConfig
import EtcdStorage
import KubernetesStorage

extension Assessment {
  /// Holds every value against the configuration, if there is one: flags those that it can't read or that are under an
  /// older key, and tells of each resource how far it has come to its writer.
  mutating func compareWithConfiguration(_ tallies: inout [Candidate.Place: ResourceTally]) {
    guard comparison != nil else { return }
    let newestKeyIDs = tallies.mapValues { tally in tally.newestKey { $0.keyID != 0 } }
    let unreadable = flagValues(newestKeyIDs)
    var written: [Candidate.Place: Int] = [:]
    var newest: [Candidate.Place: NewestWrites] = [:]
    for candidate in store.list.candidates where isCounted(candidate) {
      guard let standing = standing(of: candidate), !candidate.isSpoilt else { continue }
      let isByWriter = standing == .current || isPlaintextAsWritten(candidate)
      if candidate.isLive, isByWriter, !isUnderOldKeyID(candidate, newestKeyIDs) {
        written[candidate.place, default: 0] += 1
      }
      if isWritten(candidate) {
        newest[candidate.place, default: NewestWrites()].add(candidate.revision, isByWriter: isByWriter)
      }
    }
    markUnreadable(unreadable)
    for place in tallies.keys {
      guard let tally = tallies[place], let writer = comparison?.resolution(of: place.resource).writer else { continue }
      tallies[place]?.rotation = SnapshotReport.Rotation(
        writer: writer.key?.label ?? SnapshotReport.Rotation.identity, written: written[place] ?? 0,
        live: tally.live.total)
      if newest[place]?.areByAnother == true { noteNotRunning(place, writer) }
    }
  }

  /// Flags the values that the file can't read, and live ones that another key than its writer encrypts; answers which
  /// rows are plaintext that it can't read.
  private mutating func flagValues(_ newestKeyIDs: [Candidate.Place: KeyIdentity?]) -> Set<UInt32> {
    var unreadable: Set<UInt32> = []
    for (number, candidate) in store.list.candidates.enumerated() where isCounted(candidate) {
      let layer: Layer = candidate.isLive ? .live : .history
      guard policy.layers.contains(layer), !candidate.isSpoilt, let standing = standing(of: candidate) else { continue }
      switch standing {
      case .missing: flagged.append(FlaggedRow(.keyNotInConfig, layer, number))
      case .older where candidate.isLive: flagged.append(FlaggedRow(.staleKey, layer, number))
      case .current where candidate.isLive && isUnderOldKeyID(candidate, newestKeyIDs):
        flagged.append(FlaggedRow(.staleKey, layer, number, .oldKeyID))
      case .unreadable: unreadable.insert(UInt32(number))
      case .current, .older, .other: break
      }
    }
    return unreadable
  }

  /// Says of the plaintext rows `numbers`, which are flagged, that the file could not read them.
  private mutating func markUnreadable(_ numbers: Set<UInt32>) {
    guard !numbers.isEmpty else { return }
    for position in flagged.indices
    where [.plaintextLive, .plaintextHistory].contains(flagged[position].rule)
      && numbers.contains(flagged[position].number)
    {
      flagged[position].detail = .noIdentity
    }
  }

  private mutating func standing(of candidate: Candidate) -> ConfigurationComparison.Standing? {
    let reference = reference(of: candidate.kind)
    return comparison?.standing(
      of: candidate.place.resource, candidate.kind, kinds[Int(candidate.kind)].valueClass, key: { reference })
  }

  /// The key that a value of this kind names; nil when it is not encrypted.
  private func reference(of kind: KindTable.ID) -> KeyReference? {
    identity(of: kind).map { KeyReference(provider: $0.provider, name: name($0.name) ?? "") }
  }

  /// KMS v2: whether the plugin has written under a newer key id since.
  private func isUnderOldKeyID(_ candidate: Candidate, _ newest: [Candidate.Place: KeyIdentity?]) -> Bool {
    guard let identity = identity(of: candidate.kind), identity.keyID != 0, let newest = newest[candidate.place] ?? nil
    else { return false }
    return newest.provider == identity.provider && newest.name == identity.name && newest.keyID != identity.keyID
  }

  /// Whether it is what an API server writes: encrypted, or an object in the clear.
  private func isWritten(_ candidate: Candidate) -> Bool {
    let kind = kinds[Int(candidate.kind)]
    return kind.valueClass == .encrypted || kind.valueClass == .plaintext && kind.reason == nil
  }

  /// Whether it is in the clear, and the file writes the resource so.
  private mutating func isPlaintextAsWritten(_ candidate: Candidate) -> Bool {
    kinds[Int(candidate.kind)].valueClass == .plaintext
      && comparison?.resolution(of: candidate.place.resource).writeKey == nil
  }

  private mutating func noteNotRunning(_ place: Candidate.Place, _ writer: Transformer) {
    let resource = store.list.resources[place.resource].name
    let first = writer.key?.label ?? SnapshotReport.Rotation.identity
    var finding = Finding(
      .configNotRunning, "the newest values of \(resource) were not written by the file's first provider, \(first)")
    finding.resource = resource
    finding.provider = writer.key?.provider.rawValue
    finding.keyName = writer.key?.name
    findings.append(finding)
  }

  // MARK: Keys

  /// Tells of each key in use how it stands to the configuration, and adds those of its keys that no value needs.
  mutating func holdKeysAgainstConfiguration(_ tallies: [Candidate.Place: ResourceTally]) {
    guard let check = policy.configuration else { return }
    var places: [KeyReference: Set<ResourceTable.ID>] = [:]
    var newestKeyIDs: Set<KeyIdentity> = []
    for (place, tally) in tallies {
      for key in tally.keys.keys {
        places[KeyReference(provider: key.provider, name: name(key.name) ?? ""), default: []].insert(place.resource)
      }
      if let newest = tally.newestKey({ $0.keyID != 0 }) { newestKeyIDs.insert(newest) }
    }
    let newestIDs = Set(newestKeyIDs.compactMap { name($0.keyID) })
    for position in encryption.indices {
      let use = encryption[position]
      let key = KeyReference(provider: use.provider, name: use.name)
      let resolutions = (places[key] ?? []).compactMap { comparison?.resolution(of: $0) }
      encryption[position].inConfig = resolutions.allSatisfy { $0.canRead(key) }
      encryption[position].isWriteKey =
        resolutions.contains { $0.writeKey == key } && use.keyID.map(newestIDs.contains) != false
    }
    for key in check.keys where places[key] == nil {
      var use = SnapshotReport.KeyUse(provider: key.provider, name: key.name, keyID: nil, live: 0, history: 0)
      use.inConfig = true
      use.isWriteKey = check.writers.contains(key)
      if check.authenticates { use.authenticated = 0 }
      encryption.append(use)
    }
  }

  /// Finds live values that another than the required provider encrypts: once for each key that does so.
  mutating func noteOtherProviders(_ tally: ResourceTally, of resource: String) {
    guard let required = policy.requiredProvider, policy.layers.contains(.live) else { return }
    for (key, usage) in tally.keys where usage.live > 0 && !required.allows(key.provider, name(key.name)) {
      let values = usage.live == 1 ? "1 live value of \(resource) is" : "\(usage.live) live values of \(resource) are"
      var finding = Finding(.weakProvider, "\(values) encrypted by another provider than \(required)", severity: .high)
      finding.resource = resource
      finding.provider = key.provider.rawValue
      finding.keyName = name(key.name)
      finding.keyID = name(key.keyID)
      finding.reason = "not-the-required-provider"
      findings.append(finding)
    }
  }
}

extension KeyReference {
  /// Provider and name, as in `aescbc:key1`.
  fileprivate var label: String { "\(provider.rawValue):\(name)" }
}
