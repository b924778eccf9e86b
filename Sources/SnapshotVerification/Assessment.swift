import BoltFormat
import EtcdStorage
import KubernetesStorage

/// What the rows of a store mean: which of them are in scope, in which layer, of which class, under which key.
struct Assessment {
  /// The prefixes under which resources were looked for.
  let prefixes: [EtcdPrefix]
  private(set) var resources: [SnapshotReport.ResourceSummary] = []
  private(set) var encryption: [SnapshotReport.KeyUse] = []
  /// Rows that findings are about, in no particular order.
  private(set) var flagged: [FlaggedRow] = []
  /// Findings about a resource as a whole.
  private(set) var findings: [Finding] = []
  /// The kinds of values, for the details of a finding.
  let kinds: [ValueKind]

  private let names: NameTable
  private let keyNames: KeyNameChoice
  private let prefixTable: PrefixTable
  private let policy: Policy

  /// Assesses the rows of a whole store. O(candidates).
  init(of rows: RowCollector, policy: Policy) {
    let scope = rows.prefixes.resolve()
    let inScope = Self.inScope(rows.candidates, Set(scope))
    var support = Array(repeating: 0, count: rows.kinds.kinds.count)
    for candidate in inScope { support[Int(candidate.kind)] += 1 }
    self.policy = policy
    prefixTable = rows.prefixes
    prefixes = rows.prefixes.prefixes()
    kinds = rows.kinds.kinds
    names = rows.kinds.names
    keyNames = KeyNameChoice(kinds: kinds, support: support)
    var uses: [KeyIdentity: (live: Int, history: Int)] = [:]
    for id in scope {
      guard let prefix = rows.prefixes.prefix(id) else { continue }
      let candidates = inScope.filter { $0.prefix == id }
      assess(candidates, of: SnapshotReport.ResourceSummary(resource: "secrets", prefix: prefix), rows, &uses)
    }
    resources.sort { $0.prefix < $1.prefix }
    encryption = uses.map { key, count in
      SnapshotReport.KeyUse(
        provider: key.provider, name: name(key.name) ?? "", keyID: name(key.keyID), live: count.live,
        history: count.history)
    }
    encryption.sort {
      ($0.provider.rawValue, $0.name, $0.keyID ?? "") < ($1.provider.rawValue, $1.name, $1.keyID ?? "")
    }
  }

  /// Live keys in scope.
  var liveKeys: Int { resources.reduce(0) { $0 + $1.live.total } }

  /// The name of the key or plugin of a value of this kind.
  func keyName(of kind: KindTable.ID) -> String? { name(keyNames[kind]) }

  /// The KMS v2 key id of a value of this kind.
  func keyID(of kind: KindTable.ID) -> String? { name(kinds[Int(kind)].keyID) }

  /// The length of the etcd prefix under which a row lies.
  func prefixBytes(_ id: PrefixTable.ID) -> Int { prefixTable.prefix(id)?.bytes.count ?? 0 }

  /// The candidates under a prefix that is real. A row under two of them counts under the first, the shorter.
  private static func inScope(_ candidates: [Candidate], _ scope: Set<PrefixTable.ID>) -> [Candidate] {
    var chosen: [Candidate] = []
    for candidate in candidates where scope.contains(candidate.prefix) {
      if chosen.last?.messageOffset != candidate.messageOffset { chosen.append(candidate) }
    }
    return chosen
  }

  private func name(_ id: NameTable.ID) -> String? { id == 0 ? nil : names[id] }

  // MARK: One resource

  private mutating func assess(
    _ candidates: [Candidate], of resource: SnapshotReport.ResourceSummary, _ rows: RowCollector,
    _ uses: inout [KeyIdentity: (live: Int, history: Int)]
  ) {
    var resource = resource
    var keys: [KeyIdentity: KeyUsage] = [:]
    var live: [(Candidate, KeyIdentity)] = []
    for candidate in candidates {
      let layer: Layer = rows.isLive(candidate) ? .live : .history
      let kind = kinds[Int(candidate.kind)]
      if layer == .live { resource.live.count(kind.valueClass) } else { resource.history.count(kind.valueClass) }
      if let rule = Self.rule(for: kind.valueClass, in: layer), policy.layers.contains(layer) {
        flagged.append(FlaggedRow(rule: rule, layer: layer, candidate: candidate))
      }
      guard let key = identity(of: candidate.kind) else { continue }
      keys[key, default: KeyUsage()].add(candidate, layer)
      if layer == .live { live.append((candidate, key)) }
    }
    for (key, usage) in keys {
      uses[key, default: (0, 0)].live += usage.live
      uses[key, default: (0, 0)].history += usage.history
    }
    flagStale(live, keys)
    noteWeakProviders(keys, of: resource)
    resources.append(resource)
  }

  /// The key that a value of this kind is encrypted with; nil when it is not encrypted.
  private func identity(of kind: KindTable.ID) -> KeyIdentity? {
    let value = kinds[Int(kind)]
    guard value.valueClass == .encrypted, let provider = value.provider else { return nil }
    return KeyIdentity(provider: provider, name: keyNames[kind], keyID: value.keyID)
  }

  private static func rule(for valueClass: ValueClass, in layer: Layer) -> Rule? {
    switch valueClass {
    case .encrypted: nil
    case .plaintext: layer == .live ? .plaintextLive : .plaintextHistory
    case .malformed: .malformedEnvelope
    case .unknownEnvelope: .unknownEnvelope
    case .unrecognized, .empty: .unrecognizedValue
    }
  }

  /// Flags the live values that are not encrypted with the key of the resource's newest encrypted value.
  private mutating func flagStale(_ live: [(Candidate, KeyIdentity)], _ keys: [KeyIdentity: KeyUsage]) {
    guard policy.layers.contains(.live), keys.count > 1,
      let newest = keys.max(by: { $0.value.newest < $1.value.newest })?.key
    else { return }
    for (candidate, key) in live where key != newest {
      flagged.append(FlaggedRow(rule: .staleKey, layer: .live, candidate: candidate))
    }
  }

  private mutating func noteWeakProviders(
    _ keys: [KeyIdentity: KeyUsage], of resource: SnapshotReport.ResourceSummary
  ) {
    for provider in Provider.allCases {
      let usages = keys.filter { $0.key.provider == provider }.map(\.value)
      let users = examinedValues(of: usages)
      guard let weakness = WeakProvider(provider, mostWrites: usages.map(\.writes).max() ?? 0), let users else {
        continue
      }
      var finding = Finding(.weakProvider, "\(users) values of \(resource.resource) use \(weakness)")
      finding.resource = resource.resource
      finding.provider = provider.rawValue
      finding.reason = weakness.reason
      findings.append(finding)
    }
  }

  /// How many values of the layers examined there are, as in `34 live and 9 old`; nil when there are none.
  private func examinedValues(of usages: [KeyUsage]) -> String? {
    let live = policy.layers.contains(.live) ? usages.reduce(0) { $0 + $1.live } : 0
    let history = policy.layers.contains(.history) ? usages.reduce(0) { $0 + $1.history } : 0
    let parts = [live > 0 ? "\(live) live" : nil, history > 0 ? "\(history) old" : nil].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: " and ")
  }
}
