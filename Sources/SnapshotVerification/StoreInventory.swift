import EtcdStorage
import KubernetesStorage

/// What a whole store holds: each resource with its size and what of it is encrypted, and the keys that do so.
struct StoreInventory {
  /// By prefix and resource; keys below no prefix last.
  let resources: [ResourceUsage]
  let encryption: [SnapshotReport.KeyUse]
  /// API servers whose mirror pods lie in the store in the clear.
  let apiServers: [APIServerOutline]

  /// Counts what was read of a whole store. O(rows).
  init(of store: StoreContents) {
    var usages: [Candidate.Place: ResourceUsage] = [:]
    for candidate in store.list.candidates {
      let valueClass = store.list.kinds.kinds[Int(candidate.kind)].valueClass
      var usage = usages[candidate.place] ?? Self.usage(of: candidate.place, in: store)
      if candidate.isLive { usage.live.count(valueClass) } else { usage.history.count(valueClass) }
      usage.bytes += UInt64(candidate.valueBytes)
      usages[candidate.place] = usage
    }
    resources = usages.values.sorted { one, other in
      switch (one.prefix, other.prefix) {
      case (let a?, let b?) where a != b: a < b
      case (_?, nil): true
      case (nil, _?): false
      default: one.resource < other.resource
      }
    }
    encryption = Assessment(of: store, policy: Policy(resources: [.all])).encryption
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
}
