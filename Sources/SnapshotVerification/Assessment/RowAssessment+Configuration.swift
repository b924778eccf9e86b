import BoltFormat
import EncryptionConfig
import KubernetesStorage
import SnapshotInput
import SnapshotReading
import VerificationModel

extension RowAssessment {
  /// Holds every value against the configuration, if there is one: flags those that it can't read or that are under an
  /// older key, and tells of each resource how far it has come to its writer.
  mutating func compareWithConfiguration(_ tallies: inout [Candidate.Place: ResourceTally]) {
    guard comparison != nil else { return }
    let newestKeyIDs = tallies.mapValues { tally in tally.newestKey { $0.keyID != 0 } }
    var standings = StandingTallies()
    var unreadable: Set<UInt32> = []
    for (number, candidate) in CountedRows(of: store, comparison) where !candidate.isSpoilt {
      let values = standings.add(candidate) { startTally(candidate, newestKeyIDs) }
      let layer: Layer = candidate.isLive ? .live : .history
      guard policy.layers.contains(layer) else { continue }
      switch values.standing {
      case .missing: flagged.append(FlaggedRow(.keyNotInConfig, layer, number))
      case .older where candidate.isLive:
        flagged.append(FlaggedRow(.staleKey, layer, number, isWrittenInTheClear(candidate) ? .identityFirst : nil))
      case .current where candidate.isLive && values.isUnderOldKeyID:
        flagged.append(FlaggedRow(.staleKey, layer, number, .oldKeyID))
      case .unreadable: unreadable.insert(UInt32(number))
      case .current, .older, .other: break
      }
    }
    markUnreadable(unreadable)
    var writtenInTheClear: Set<String> = []
    for place in tallies.keys {
      guard let tally = tallies[place], let writer = comparison?.resolution(of: place.resource).writer else { continue }
      let (written, newest) = standings.total(of: place)
      tallies[place]?.rotation = SnapshotReport.Rotation(
        writer: writer.key?.label ?? SnapshotReport.Rotation.identity, written: written, live: tally.live.total)
      if newest.areByAnother { noteNotRunning(place, writer) }
      if writer.key == nil { writtenInTheClear.insert(store.list.resources[place.resource].name) }
    }
    findings += writtenInTheClear.sorted().map { Finding(identityFirstFor: $0) }
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

  /// A tally of the values that stand to the file as `candidate` does; nothing is counted yet.
  private mutating func startTally(
    _ candidate: Candidate, _ newestKeyIDs: [Candidate.Place: KeyIdentity?]
  ) -> StandingTally {
    let kind = kinds[Int(candidate.kind)]
    let key = identity(of: candidate.kind)
    let reference = key.map { KeyReference(provider: $0.provider, name: name($0.name) ?? "") }
    let standing = comparison?.standing(of: candidate.place.resource, kind.valueClass, reference) ?? .other
    let isPlaintextAsWritten =
      kind.valueClass == .plaintext && comparison?.resolution(of: candidate.place.resource).writeKey == nil
    return StandingTally(
      standing, isByWriter: standing == .current || isPlaintextAsWritten,
      isUnderOldKeyID: key.map { isOld($0, newestKeyIDs[candidate.place] ?? nil) } ?? false,
      isWritten: kind.valueClass == .encrypted || kind.valueClass == .plaintext && kind.reason == nil)
  }

  /// Whether the file leaves new values of the candidate's resource in the clear.
  private mutating func isWrittenInTheClear(_ candidate: Candidate) -> Bool {
    comparison?.resolution(of: candidate.place.resource).writeKey == nil
  }

  /// KMS v2: whether the plugin has written under the key id of `newest` since.
  private func isOld(_ key: KeyIdentity, _ newest: KeyIdentity?) -> Bool {
    guard key.keyID != 0, let newest else { return false }
    return newest.provider == key.provider && newest.name == key.name && newest.keyID != key.keyID
  }

  private mutating func noteNotRunning(_ place: Candidate.Place, _ writer: Transformer) {
    let resource = store.list.resources[place.resource].name
    let first: MarkedText = writer.key.map(\.markedLabel) ?? MarkedText(SnapshotReport.Rotation.identity)
    let values: MarkedText = "the newest values of \(.resource, resource)"
    var finding = Finding(
      .configNotRunning, marked: "\(values) were not written by the file's first provider, \(first)")
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
      if authenticates { use.authenticated = 0 }
      encryption.append(use)
    }
  }

  /// Finds live values that another than the required provider encrypts: once for each key that does so.
  mutating func noteOtherProviders(_ tally: ResourceTally, of resource: String, _ place: Candidate.Place) {
    let group = store.list.resources[place.resource].groupResource ?? GroupResource(resource)
    guard policy.layers.contains(.live), let required = policy.requiredProvider(for: group) else { return }
    for (key, usage) in tally.keys where usage.live > 0 && !required.allows(key.provider, name(key.name)) {
      let values: MarkedText =
        usage.live == 1
        ? "1 live value of \(.resource, resource) is" : "\(usage.live) live values of \(.resource, resource) are"
      var finding = Finding(
        .providerNotRequired, marked: "\(values) encrypted by another provider than \(required.markedLabel)")
      finding.resource = resource
      finding.provider = key.provider.rawValue
      finding.keyName = name(key.name)
      finding.keyID = name(key.keyID)
      finding.reason = "not-the-required-provider"
      findings.append(finding)
    }
  }
}

extension Finding {
  /// However its values are stored now, the next write of each object of `resource` leaves it in plaintext.
  fileprivate init(identityFirstFor resource: String) {
    self.init(
      .configIdentityFirst,
      marked: """
        the file's first provider for \(.resource, resource) is identity: API servers write new values in plaintext
        """)
    self.resource = resource
  }
}

extension KeyReference {
  /// Provider and name, as in `aescbc:key1`.
  fileprivate var label: String { "\(provider.rawValue):\(name)" }

  /// The same, with the name marked.
  fileprivate var markedLabel: MarkedText { "\(provider.rawValue):\(.encryptionKey, name)" }
}

extension RequiredProvider {
  /// The provider, and behind a colon the name of the key if one is required.
  fileprivate var markedLabel: MarkedText {
    name.map { "\(provider.rawValue):\(.encryptionKey, $0)" } ?? MarkedText(provider.rawValue)
  }
}
