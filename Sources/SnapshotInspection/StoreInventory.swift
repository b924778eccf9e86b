import BoltFormat
import EtcdStorage
import KubernetesStorage
import SnapshotReading
import VerificationModel

/// What a whole store holds: each resource with its size and what of it is encrypted, and the keys that do so.
struct StoreInventory {
  /// By prefix and resource; keys below no prefix last.
  let resources: [ResourceUsage]
  let encryption: [SnapshotReport.KeyUse]
  /// API servers whose mirror pods lie in the store in the clear.
  let apiServers: [APIServerOutline]

  /// Counts what was read of a whole store. O(rows).
  init(of store: StoreContents) {
    var usages: [ResourceUsage] = []
    var numbers: [Candidate.Place: Int] = [:]
    for candidate in store.list.candidates where !candidate.isForeign {
      let valueClass = store.list.kinds.kinds[Int(candidate.kind)].valueClass
      let number = numbers[candidate.place] ?? usages.count
      if number == usages.count {
        numbers[candidate.place] = number
        usages.append(Self.usage(of: candidate.place, in: store))
      }
      if candidate.isLive { usages[number].live.count(valueClass) } else { usages[number].history.count(valueClass) }
      usages[number].bytes += UInt64(candidate.valueBytes)
    }
    resources = usages.sorted { one, other in
      switch (one.prefix, other.prefix) {
      case (let a?, let b?) where a != b: a < b
      case (_?, nil): true
      case (nil, _?): false
      default: one.resource < other.resource
      }
    }
    encryption = Self.encryption(in: store)
    apiServers = store.list.apiServers.outlines
  }

  private static func usage(of place: Candidate.Place, in store: StoreContents) -> ResourceUsage {
    let resource = store.list.resources[place.resource]
    let kind: ResourceUsage.Kind =
      switch resource.kind {
      case .resource: .resource
      case .internalRecord: .internalRecord
      case .other: .otherKeys
      }
    return ResourceUsage(resource: resource.name, prefix: place.prefix.flatMap(store.list.prefixes.prefix), kind: kind)
  }

  /// The keys that the values name, one entry for each provider, name and key id.
  private static func encryption(in store: StoreContents) -> [SnapshotReport.KeyUse] {
    let kinds = store.list.kinds.kinds
    var support = Array(repeating: 0, count: kinds.count)
    for candidate in store.list.candidates where candidate.isInScope { support[Int(candidate.kind)] += 1 }
    let choice = KeyNameChoice(kinds: kinds, support: support)
    var uses: [KeyIdentity: SnapshotReport.KeyUse] = [:]
    for candidate in store.list.candidates where candidate.isInScope {
      let kind = kinds[Int(candidate.kind)]
      guard kind.valueClass == .encrypted, let provider = kind.provider else { continue }
      let key = KeyIdentity(provider: provider, name: choice[candidate.kind], keyID: kind.keyID)
      func name(_ id: NameTable.ID) -> String? { id == 0 ? nil : store.list.kinds.names[id] }
      var use =
        uses[key]
        ?? SnapshotReport.KeyUse(
          provider: provider, name: name(key.name) ?? "", keyID: name(key.keyID), live: 0, history: 0)
      if candidate.isLive { use.live += 1 } else { use.history += 1 }
      use.newestRevision = max(use.newestRevision ?? 0, candidate.revision.main)
      uses[key] = use
    }
    return uses.values.sorted {
      ($0.provider.rawValue, $0.name, $0.keyID ?? "") < ($1.provider.rawValue, $1.name, $1.keyID ?? "")
    }
  }
}
