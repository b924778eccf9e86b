import KubernetesStorage
import StrictYAML

extension Linter {
  /// The most writes under one aesgcm key with random nonces that Kubernetes' documentation allows.
  static let maximumWrites = 200_000
  /// From here on the bound is called near.
  static let manyWrites = 160_000

  /// What is in the clear: L03, L04, L05.
  mutating func checkPlaintext(in facts: SnapshotFacts) {
    var unneeded: [ConfigurationPlace: [GroupResource]] = [:]
    var needed: Set<ConfigurationPlace> = []
    for (resource, values) in facts.inOrder {
      let resolution = configuration.resolution(of: resource)
      guard resolution.pattern != nil, let writer = resolution.writer else { continue }
      if resolution.writeKey != nil, values.plaintext.live > 0 {
        add(
          .plaintextRemains, at: writer.place,
          "\(values.plaintext.live.counted("live value")) of \(QuotableText("\(resource)")) "
            + "\(values.plaintext.live == 1 ? "is" : "are") plaintext: an API server encrypts a value only when it writes it"
        )
      }
      if !resolution.readsPlaintext, values.plaintext.reachable > 0 {
        add(
          .plaintextUnreadable, at: writer.place,
          "\(values.plaintext.reachable.counted("value")) of \(QuotableText("\(resource)")) "
            + "\(values.plaintext.reachable == 1 ? "is" : "are") plaintext, and no provider 'identity' can read it")
      }
      guard let identity = resolution.transformers.first(where: { $0.key == nil }) else { continue }
      if resolution.writeKey == nil || values.plaintext.reachable > 0 {
        needed.insert(identity.place)
      } else if values.keys.values.contains(where: { $0.live > 0 }) {
        unneeded[identity.place, default: []].append(resource)
      }
    }
    // One provider serves all resources of its entry: who takes it out takes it from all of them.
    for (place, resources) in unneeded.inOrder where !needed.contains(place) {
      add(
        .identityUnneeded, at: place,
        "no live and no older value of \(resources.listed) is plaintext any more, but the API server would still accept "
          + "plaintext that somebody writes directly into etcd")
    }
  }

  /// What of the past can still be read in the file, of resources that the file encrypts: L31.
  mutating func checkRemains(in facts: SnapshotFacts) {
    let resources = Set(facts.resources.keys).union(facts.residue.keys).sorted()
    for resource in resources {
      let resolution = configuration.resolution(of: resource)
      guard let writer = resolution.writer, resolution.isEncrypting else { continue }
      let older = facts.resources[resource]?.plaintext.history ?? 0
      let residue = facts.residue[resource] ?? 0
      let parts = [
        older > 0
          ? "\(older.counted("older value")) of \(QuotableText("\(resource)")) can be read in the snapshot" : nil,
        residue > 0
          ? "\(residue.counted("deleted or old object")) of \(QuotableText("\(resource)")) can be read in free pages of the "
            + "snapshot" : nil,
      ].compactMap(\.self)
      if !parts.isEmpty { add(.plaintextKept, at: writer.place, parts.joined(separator: ", and ")) }
    }
  }

  /// Which keys the values name: L07, L21, L22.
  mutating func checkKeys(in facts: SnapshotFacts) {
    var uses: [KeyReference: SnapshotFacts.Use] = [:]
    for (resource, values) in facts.inOrder {
      let resolution = configuration.resolution(of: resource)
      for (key, use) in values.keys.inOrder {
        uses[key, default: SnapshotFacts.Use()].add(use)
        if use.reachable > 0, !resolution.canRead(key) {
          add(
            .missingKey, at: resolution.writer?.place ?? configuration.groupsPlace,
            "\(use.reachable.counted("value")) of \(QuotableText("\(resource)")) \(use.reachable == 1 ? "needs" : "need") the "
              + "\(key.provider.rawValue) \(key.noun) \(KeyLabel(key.name).quoted), which the file does not have for this resource"
          )
        }
      }
    }
    checkUnusedKeys(uses)
    for (provider, _) in writers {
      guard let key = provider.transformers.first?.key, key.provider == .aesgcm, let writes = uses[key]?.writes,
        writes >= Self.manyWrites
      else { continue }
      add(
        .unrotatedKey, at: provider.place,
        "the key \(KeyLabel(key.name).quoted) wrote at least \(writes) values; it must be changed before "
          + "\(Self.maximumWrites)")
    }
  }

  private mutating func checkUnusedKeys(_ uses: [KeyReference: SnapshotFacts.Use]) {
    let writing = Set(writers.compactMap { $0.provider.transformers.first?.key })
    var reported: Set<KeyReference> = []
    for transformer in configuration.groups.flatMap(\.providers).flatMap(\.transformers) {
      guard let key = transformer.key, !writing.contains(key), uses[key]?.reachable ?? 0 == 0,
        reported.insert(key).inserted
      else { continue }
      add(
        .unusedKey, at: transformer.place,
        "no live and no older value in the snapshot needs the \(key.noun) \(KeyLabel(key.name).quoted), and it does not write"
      )
    }
  }

  /// Whether the newest values are as the file would write them: L23.
  mutating func checkNewest(in facts: SnapshotFacts) {
    for (resource, values) in facts.inOrder {
      let resolution = configuration.resolution(of: resource)
      guard resolution.pattern != nil, let writer = resolution.writer else { continue }
      var newest = (revision: values.plaintext.newestRevision, key: nil as KeyReference?)
      for (key, use) in values.keys.inOrder {
        if let revision = use.newestRevision, revision > newest.revision ?? -1 { newest = (revision, key) }
      }
      guard let revision = newest.revision, newest.key != resolution.writeKey else { continue }
      add(
        .notRunning, at: writer.place,
        "the newest value of \(QuotableText("\(resource)")) (revision \(revision)) is \(newest.key.writing), but with this "
          + "file it would be \(resolution.writeKey.writing)")
    }
  }

  /// Which of the resources named are defined in the snapshot: L17.
  mutating func checkResources(in facts: SnapshotFacts) {
    guard let custom = facts.customResources else { return }
    let known = custom.union(facts.resources.keys)
    for resource in configuration.groups.flatMap(\.resources) {
      switch resource.pattern {
      case .resource(let name):
        let isKnown = BuiltInResource.of(name) != nil || known.contains(name)
        if !isKnown, !name.isSurelyUnknown, !resource.isWildcard {
          reportUnknown(name, resource, custom: known.sorted())
        }
      case .group(let group):
        guard !BuiltInResource.isBuiltInGroup(group), !known.contains(where: { $0.group == group }) else { continue }
        add(
          .unknownResource, at: resource.place,
          "the cluster has no resource in the group of \(QuotableText(resource.text)), so the entry encrypts nothing for it"
        )
      case .all:
        continue
      }
    }
  }

  /// What else the snapshot tells of the cluster: L25, L27, L28.
  mutating func checkCluster(in facts: SnapshotFacts) {
    let exposed = facts.resources.filter { $0.value.plaintext.live > 0 }.keys.filter(\.mayBeConfidential).sorted()
    if configuration.scope == [.resource(.secrets)], !exposed.isEmpty {
      add(
        .secretsOnly, at: configuration.groupsPlace,
        "only Secrets are encrypted; \(exposed.listed) may hold confidential data too")
    }
    let paths = Set(facts.servers.map(\.configurationPath))
    if paths.count > 1 || paths.contains(nil) {
      let bare = facts.servers.filter { $0.configurationPath == nil }.map(\.name).sorted()
      add(
        .serversDiffer, at: .start,
        bare.isEmpty
          ? "the API servers \(facts.servers.map(\.name).sorted().listed) name \(paths.count) different files"
          : "\(bare.listed) \(bare.count == 1 ? "is" : "are") started without --encryption-provider-config")
    }
    if facts.valuesWithKeys > 0 {
      add(
        .readableByOthers, at: .start,
        "\(facts.valuesWithKeys.counted("value")) of the snapshot \(facts.valuesWithKeys == 1 ? "holds" : "hold") keys of an "
          + "EncryptionConfiguration as plaintext, beside the data that they encrypt",
        remedy: "Delete the objects that hold the keys, change the keys, and rewrite everything that they encrypted.")
    }
  }
}

extension SnapshotFacts {
  fileprivate var inOrder: [(key: GroupResource, value: Values)] { resources.sorted { $0.key < $1.key } }
}

extension [KeyReference: SnapshotFacts.Use] {
  fileprivate var inOrder: [(key: KeyReference, value: SnapshotFacts.Use)] {
    sorted { ($0.key.provider.rawValue, $0.key.name) < ($1.key.provider.rawValue, $1.key.name) }
  }
}

extension SnapshotFacts.Use {
  fileprivate mutating func add(_ other: SnapshotFacts.Use) {
    live += other.live
    history += other.history
    writes += other.writes
  }
}

extension [ConfigurationPlace: [GroupResource]] {
  fileprivate var inOrder: [(key: ConfigurationPlace, value: [GroupResource])] {
    sorted { ($0.key.line, $0.key.path) < ($1.key.line, $1.key.path) }
  }
}

extension Int {
  /// With a noun: `1 value`, `2 values`.
  fileprivate func counted(_ noun: String) -> String { "\(self) \(noun)\(self == 1 ? "" : "s")" }
}

extension KeyReference {
  /// What the name is the name of.
  fileprivate var noun: String {
    switch provider {
    case .aescbc, .aesgcm, .secretbox: "key"
    case .kmsv1, .kmsv2: "plugin"
    }
  }
}

extension KeyReference? {
  /// How values that name this are written.
  fileprivate var writing: String {
    guard let self else { return "plaintext" }
    return "encrypted by \(self.provider.rawValue) \(KeyLabel(self.name).quoted)"
  }
}

extension GroupResource {
  /// Whether people are known to put confidential data there: ConfigMaps (Helm's releases among it), what OpenShift
  /// encrypts, and cert-manager's requests and challenges.
  fileprivate var mayBeConfidential: Bool {
    self != .secrets
      && (ResourcePattern.openShift.contains(.resource(self)) || group.hasSuffix("cert-manager.io"))
  }
}
