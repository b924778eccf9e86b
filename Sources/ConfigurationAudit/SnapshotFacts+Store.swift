import EncryptionConfig
import KubernetesStorage
import SnapshotReading

extension SnapshotFacts {
  /// What the rows of a whole store show. O(rows).
  ///
  /// - Parameter keys: those that a configuration has. Where one of them may be meant by a value, it is; else the name of
  ///   a value's key is chosen by what the values have in common.
  init(of store: StoreContents, naming keys: Set<KeyReference>) {
    let list = store.list
    var counts: [Group: Use] = [:]
    var valuesWithKeys = 0
    for candidate in list.candidates where !candidate.isForeign {
      let kind = list.kinds.kinds[Int(candidate.kind)]
      if kind.traits.keys == .encryptionConfiguration { valuesWithKeys += 1 }
      guard candidate.isInScope, kind.valueClass == .plaintext || kind.valueClass == .encrypted else { continue }
      counts[Group(resource: candidate.place.resource, kind: candidate.kind), default: Use()].add(candidate)
    }
    self.init(
      resources: Self.values(counts, list, naming: keys), customResources: Self.customResources(counts, list),
      servers: list.apiServers.outlines.map(Server.init), valuesWithKeys: valuesWithKeys)
  }

  /// Values of one kind below the directory of one resource.
  private struct Group: Hashable {
    let resource: ResourceTable.ID
    let kind: KindTable.ID
  }

  private static func values(
    _ counts: [Group: Use], _ list: SettledRows, naming keys: Set<KeyReference>
  ) -> [GroupResource: Values] {
    var support = Array(repeating: 0, count: list.kinds.kinds.count)
    for (group, use) in counts { support[Int(group.kind)] += use.live + use.history }
    let choice = KeyNameChoice(kinds: list.kinds.kinds, support: support)
    var values: [GroupResource: Values] = [:]
    for (group, use) in counts {
      guard let resource = list.resources[group.resource].groupResource else { continue }
      let kind = list.kinds.kinds[Int(group.kind)]
      guard kind.valueClass == .encrypted else {
        values[resource, default: Values()].plaintext.add(use)
        continue
      }
      guard let provider = kind.provider else { continue }
      // Beyond so many kinds of values, names are not kept: no configuration has a key without one.
      let named = (kind.names.reversed() + [choice[group.kind]]).map { name in
        KeyReference(provider: provider, name: name == 0 ? "" : list.kinds.names[name])
      }
      guard let key = named.first(where: keys.contains) ?? named.last else { continue }
      values[resource, default: Values()].keys[key, default: Use()].add(use)
    }
    return values
  }

  /// The custom resources that are defined; nil where definitions may lie in what is not plaintext, or are not met
  /// because no API server's prefix was.
  private static func customResources(_ counts: [Group: Use], _ list: SettledRows) -> Set<GroupResource>? {
    guard let definitions = ValueTraits.definitions, !list.prefixes.prefixes().isEmpty else { return nil }
    let areReadable = counts.allSatisfy { group, use in
      Int(group.resource) != definitions.index || use.live == 0
        || list.kinds.kinds[Int(group.kind)].valueClass == .plaintext
    }
    return areReadable ? list.definitions : nil
  }
}

extension SnapshotFacts.Use {
  /// Counts one more value.
  fileprivate mutating func add(_ candidate: Candidate) {
    newestRevision = max(newestRevision ?? 0, candidate.revision.main)
    if candidate.isLive {
      live += 1
      writes += Int(candidate.version)
    } else {
      history += 1
    }
  }

  fileprivate mutating func add(_ other: SnapshotFacts.Use) {
    live += other.live
    history += other.history
    writes += other.writes
    newestRevision = [newestRevision, other.newestRevision].compactMap(\.self).max()
  }
}

extension SnapshotFacts.Server {
  fileprivate init(_ outline: APIServerOutline) {
    let path = outline.flags.last { $0.name == .encryptionProviderConfig }?.value
    // Flags of feature gates add up, and of one gate the last word counts (k8s.io/component-base featuregate).
    let gates = outline.flags.filter { $0.name == .featureGates }.flatMap { $0.value.split(separator: ",") }
    let kmsV1 = gates.last { $0.hasPrefix("KMSv1=") }?.dropFirst("KMSv1=".count)
    self.init(
      name: outline.podName, configurationPath: path.flatMap { $0.isEmpty ? nil : $0 },
      version: outline.version.flatMap { KubernetesVersion($0) }, enablesKMSv1: kmsV1?.lowercased() == "true")
  }
}
