import BoltFormat
import EncryptionConfig
import EtcdStorage
import KubernetesStorage
import SnapshotInput
import SnapshotReading
import VerificationModel

/// What the rows of a store mean: which of them are in scope, in which layer, of which class, under which key.
struct RowAssessment {
  /// The prefixes under which resources were looked for.
  let prefixes: [EtcdPrefix]
  /// One for each resource and prefix.
  private(set) var resources: [SnapshotReport.ResourceSummary] = []
  var encryption: [SnapshotReport.KeyUse] = []
  /// Rows that findings are about, in no particular order.
  var flagged: [FlaggedRow] = []
  /// Findings about a resource as a whole.
  var findings: [Finding] = []
  /// Origins of moved values that were found by search, by where their rows lie.
  var originsFound: [UInt64: EtcdKey] = [:]
  /// How the values stand to a configuration; nil without one.
  var comparison: ConfigurationComparison?
  /// Resources that the policy names but that nothing in the store tells of.
  private(set) var unknownResources: [GroupResource] = []
  /// How many values keys were asked to open, and how many they opened; nil without keys.
  private(set) var authentication: SnapshotReport.Authentication?
  /// The kinds of values, for the details of a finding.
  let kinds: [ValueKind]

  let store: StoreContents
  let policy: Policy
  let authenticates: Bool
  /// Whether the policy asks for live values, and for old ones: every row asks.
  private let examines: (live: Bool, history: Bool)
  private let keyNames: KeyNameChoice
  /// What every row asks of its kind, by the kinds' numbers.
  private let facts: [KindFacts]
  private let scope: ResourceScope

  /// Assesses the rows of a whole store, held against a configuration if there is one. O(candidates).
  ///
  /// - Parameter authenticates: whether keys were asked to open the values.
  init(
    of store: StoreContents, policy: Policy, _ comparison: ConfigurationComparison? = nil, authenticates: Bool = false
  ) {
    self.store = store
    self.policy = policy
    self.authenticates = authenticates
    examines = (policy.layers.contains(.live), policy.layers.contains(.history))
    self.comparison = comparison
    scope = store.list.scope
    prefixes = store.list.prefixes.prefixes()
    kinds = store.list.kinds.kinds
    var support = Array(repeating: 0, count: kinds.count)
    for candidate in store.list.candidates where candidate.isInScope { support[Int(candidate.kind)] += 1 }
    let names = store.list.kinds.names
    let configured = Set(policy.configuration?.keys ?? [])
    let choice = KeyNameChoice(kinds: kinds, support: support) { provider, name in
      !configured.isEmpty && configured.contains(KeyReference(provider: provider, name: names[name]))
    }
    keyNames = choice
    facts = store.list.kinds.kinds.enumerated().map { [scope] number, kind in
      KindFacts(kind, name: choice[KindTable.ID(number)], scope)
    }
    var tallies = emptyTallies()
    // Rows of one place mostly come one after the other: its tally stays at hand.
    var place = Candidate.Place.outside
    var tally = ResourceTally()
    for (number, candidate) in CountedRows(of: store, comparison) {
      if candidate.place != place {
        if place != .outside { tallies[place] = tally }
        place = candidate.place
        tally = tallies.removeValue(forKey: place) ?? ResourceTally()
      }
      count(candidate, number, in: &tally)
    }
    if place != .outside { tallies[place] = tally }
    let newestKeys =
      comparison == nil ? tallies.filter { $0.value.keys.count > 1 }.compactMapValues(\.newestKey) : [:]
    for (number, candidate) in store.list.candidates.enumerated() {
      if let newest = newestKeys[candidate.place] { flagIfStale(candidate, number, newest) }
      flagWhereverItLies(candidate, number)
    }
    compareWithConfiguration(&tallies)
    summarize(tallies)
    unknownResources = findUnknownResources()
  }

  /// Live keys in scope.
  var liveKeys: Int { resources.reduce(0) { $0 + $1.live.total } }

  /// The name of the key or plugin of a value of this kind.
  func keyName(of kind: KindTable.ID) -> String? { name(keyNames[kind]) }

  /// The KMS v2 key id of a value of this kind.
  func keyID(of kind: KindTable.ID) -> String? { name(kinds[Int(kind)].keyID) }

  /// The row that `flagged` is about.
  func candidate(_ flagged: FlaggedRow) -> Candidate { store.list.candidates[Int(flagged.number)] }

  /// The etcd prefix below which a row lies; nil when it lies below none that counts.
  func prefix(of candidate: Candidate) -> EtcdPrefix? { candidate.place.prefix.flatMap(store.list.prefixes.prefix) }

  /// The name of the resource in whose directory a row lies; nil when that is none in scope.
  func resource(of candidate: Candidate) -> String? {
    candidate.place.prefix == nil ? nil : store.list.resources[candidate.place.resource].name
  }

  /// The resource whose object a row or object holds, where that is what the finding is about; else the one it lies under.
  func resource(of row: FlaggedRow, _ candidate: Candidate) -> String? {
    let object = kinds[Int(candidate.kind)].traits.object
    if row.rule == .misplacedObject, let object { return BuiltInResource[object].resource.description }
    return storedResource(of: candidate)
  }

  /// Whether something that lies in bytes that no page owns is in scope: not what the configuration exempts by its name.
  func concerns(residue candidate: Candidate) -> Bool { comparison?.exempts(candidate.place.resource) != true }

  /// The name of the resource that a row or object is of, or lies under; nil where it is not known.
  func storedResource(of candidate: Candidate) -> String? {
    if candidate.isResidue { return residueResource(of: candidate) }
    if let resource = resource(of: candidate) { return resource }
    return kinds[Int(candidate.kind)].traits.object.map { BuiltInResource[$0].resource.description }
  }

  /// The name of the resource of something that lies in bytes that no page owns.
  func residueResource(of candidate: Candidate) -> String { store.list.resources[candidate.place.resource].name }

  /// The name with this number; nil of none.
  func name(_ id: NameTable.ID) -> String? { id == 0 ? nil : store.list.kinds.names[id] }

  // MARK: Counting

  /// An empty tally for each built-in resource that the policy names, below each prefix where it would lie: that there
  /// are none of it is worth telling.
  private func emptyTallies() -> [Candidate.Place: ResourceTally] {
    var tallies: [Candidate.Place: ResourceTally] = [:]
    for id in store.list.prefixes.resolve() {
      guard let prefix = store.list.prefixes.prefix(id) else { continue }
      for case .resource(let resource) in policy.resources {
        guard let builtIn = BuiltInResource.of(resource), BuiltInResource[builtIn].tree == StorageTree(below: prefix)
        else {
          continue
        }
        tallies[Candidate.Place(prefix: id, resource: ResourceTable.ID(builtIn.index))] = ResourceTally()
      }
    }
    return tallies
  }

  private mutating func count(_ candidate: Candidate, _ number: Int, in tally: inout ResourceTally) {
    let layer: Layer = candidate.isLive ? .live : .history
    let facts = facts[Int(candidate.kind)]
    tally.add(candidate, facts, layer)
    guard candidate.isLive ? examines.live : examines.history else { return }
    if let rule = Self.rule(for: facts.valueClass, in: layer) { flagged.append(FlaggedRow(rule, layer, number)) }
    if let row = FlaggedRow(judging: candidate, layer, number) { flagged.append(row) }
  }

  /// The key that a value of this kind is encrypted with; nil when it is not encrypted.
  func identity(of kind: KindTable.ID) -> KeyIdentity? { facts[Int(kind)].key }

  private static func rule(for valueClass: ValueClass, in layer: Layer) -> Rule? {
    switch valueClass {
    case .encrypted: nil
    case .plaintext: layer == .live ? .plaintextLive : .plaintextHistory
    case .malformed: .malformedEnvelope
    case .unknownEnvelope: .unknownEnvelope
    case .unrecognized, .empty: .unrecognizedValue
    }
  }

  private mutating func summarize(_ tallies: [Candidate.Place: ResourceTally]) {
    var uses: [KeyIdentity: KeyUsage] = [:]
    for tally in tallies.values { uses.merge(tally.keys) { $0.joined(with: $1) } }
    for (place, tally) in tallies {
      guard let prefix = place.prefix.flatMap(store.list.prefixes.prefix) else { continue }
      let name = store.list.resources[place.resource].name
      var summary = SnapshotReport.ResourceSummary(
        resource: name, prefix: prefix, live: tally.live, history: tally.history)
      summary.rotation = tally.rotation
      summary.newestWrite = tally.newestWrite
      summary.hasPlaintextAfterEncrypted = tally.hasPlaintextAfterEncrypted
      resources.append(summary)
      noteOtherProviders(tally, of: name, place)
    }
    noteWeakProviders(tallies)
    noteOldWrites()
    resources.sort { ($0.prefix, $0.resource) < ($1.prefix, $1.resource) }
    findings.sort {
      ($0.resource ?? "", $0.provider ?? "", $0.keyName ?? "", $0.message)
        < ($1.resource ?? "", $1.provider ?? "", $1.keyName ?? "", $1.message)
    }
    if authenticates { authentication = authentication(of: uses.values) }
    encryption = uses.map { key, usage in
      var use = SnapshotReport.KeyUse(
        provider: key.provider, name: name(key.name) ?? "", keyID: name(key.keyID), live: usage.live,
        history: usage.history)
      use.newestRevision = usage.newest.main
      if authenticates { use.authenticated = usage.authenticated }
      return use
    }
    holdKeysAgainstConfiguration(tallies)
    encryption.sort {
      ($0.provider.rawValue, $0.name, $0.keyID ?? "") < ($1.provider.rawValue, $1.name, $1.keyID ?? "")
    }
  }

  /// How many of the encrypted values were authenticated, in the layers examined.
  private func authentication(of uses: some Sequence<KeyUsage>) -> SnapshotReport.Authentication {
    return uses.reduce(SnapshotReport.Authentication(authenticated: 0, encrypted: 0)) { sum, use in
      SnapshotReport.Authentication(
        authenticated: sum.authenticated + (examines.live ? use.authenticatedLive : 0)
          + (examines.history ? use.authenticated - use.authenticatedLive : 0),
        encrypted: sum.encrypted + (examines.live ? use.live : 0) + (examines.history ? use.history : 0))
    }
  }

  // MARK: Flagging

  /// Flags a live value that is not encrypted with the key of the resource's newest encrypted value.
  private mutating func flagIfStale(_ candidate: Candidate, _ number: Int, _ newest: KeyIdentity) {
    guard examines.live, candidate.isLive, let key = identity(of: candidate.kind), key != newest else { return }
    flagged.append(FlaggedRow(.staleKey, .live, number))
  }

  /// Flags what counts wherever it lies: an object in scope under another resource's path, and keys in the clear; and, for
  /// it is not known to be in scope, as a note only, what nobody knows in what is named like a directory of the scope.
  private mutating func flagWhereverItLies(_ candidate: Candidate, _ number: Int) {
    guard candidate.isStray || facts[Int(candidate.kind)].countsWhereverItLies else { return }
    let kind = kinds[Int(candidate.kind)]
    let traits = kind.traits
    let isMisplaced = traits.object.map { scope.covers($0) && !lies(candidate, in: $0) } ?? false
    let isStray = candidate.isStray && !candidate.isInScope && traits.keys == nil
    guard isMisplaced || isStray || traits.keys != nil else { return }
    let layer: Layer = candidate.isLive ? .live : .history
    guard candidate.isLive ? examines.live : examines.history else { return }
    if isMisplaced { flagged.append(FlaggedRow(.misplacedObject, layer, number)) }
    if isStray, let rule = Self.rule(for: kind.valueClass, in: layer) {
      flagged.append(FlaggedRow(rule, layer, number, severity: .low))
    }
    switch traits.keys {
    case .encryptionConfiguration: flagged.append(FlaggedRow(.keysBesideData, layer, number))
    case .bootstrapData: flagged.append(FlaggedRow(.keysBesideData, layer, number, severity: .low))
    case nil: break
    }
  }

  private func lies(_ candidate: Candidate, in resource: BuiltInResource.ID) -> Bool {
    Int(candidate.place.resource) == resource.index
      || store.list.resources[candidate.place.resource].groupResource == BuiltInResource[resource].resource
  }

  /// Finds the keys whose provider Kubernetes warns about: each once, whatever resources have values under it.
  private mutating func noteWeakProviders(_ tallies: [Candidate.Place: ResourceTally]) {
    var users: [WeakKey: (usage: KeyUsage, resources: Set<String>)] = [:]
    for (place, tally) in tallies where place.prefix != nil {
      for (identity, usage) in tally.keys {
        let key = WeakKey(provider: identity.provider, name: identity.name)
        let known = users[key] ?? (KeyUsage(), [])
        users[key] = (
          known.usage.joined(with: usage), known.resources.union([store.list.resources[place.resource].name])
        )
      }
    }
    for (key, user) in users {
      guard let weakness = WeakProvider(key.provider, mostWrites: user.usage.writes),
        let values = examinedValues(of: user.resources, user.usage)
      else { continue }
      var finding = Finding(.weakProvider, marked: "\(values) \(weakness.description)")
      finding.resource = user.resources.count == 1 ? user.resources.first : nil
      finding.provider = key.provider.rawValue
      finding.keyName = name(key.name)
      finding.reason = weakness.reason
      findings.append(finding)
    }
  }

  /// A key, or a plugin whatever its key ids.
  private struct WeakKey: Hashable {
    let provider: Provider
    let name: NameTable.ID
  }

  /// How many values of the layers examined there are, as in `34 live and 9 old values of secrets use`; nil when there
  /// are none.
  private func examinedValues(of resources: Set<String>, _ usage: KeyUsage) -> MarkedText? {
    let live = examines.live ? usage.live : 0
    let history = examines.history ? usage.history : 0
    let parts = [live > 0 ? "\(live) live" : nil, history > 0 ? "\(history) old" : nil].compactMap(\.self)
    guard !parts.isEmpty else { return nil }
    let owner: MarkedText =
      resources.count == 1 ? "\(.resource, resources.first ?? "")" : "\(resources.count) resources"
    let (noun, verb) = live + history == 1 ? ("value", "uses") : ("values", "use")
    return "\(parts.joined(separator: " and ")) \(noun) of \(owner) \(verb)"
  }

  // MARK: Unknown resources

  /// Resources that are not built in, that no definition in the clear names, and of which no row was met.
  private func findUnknownResources() -> [GroupResource] {
    let named = policy.resources.compactMap { pattern in
      if case .resource(let resource) = pattern, BuiltInResource.of(resource) == nil { resource } else { nil }
    }
    guard !named.isEmpty else { return [] }
    let met = resources.map(\.resource)
    return named.filter { !store.list.definitions.contains($0) && !met.contains($0.description) }
  }
}
