import KubernetesStorage

extension Linter {
  /// The most writes under one aesgcm key with random nonces that Kubernetes' documentation allows.
  static let maximumWrites = 200_000
  /// From here on the bound is called near.
  static let manyWrites = 160_000

  /// What is in the clear: L03, L04, L05.
  mutating func checkPlaintext(in facts: SnapshotFacts) {
    var unneeded: [ConfigurationPlace: [GroupResource]] = [:]
    for (resource, values) in facts.inOrder {
      let resolution = configuration.resolution(of: resource)
      guard resolution.pattern != nil, let writer = resolution.writer else { continue }
      if resolution.writeKey != nil, values.plaintext.live > 0 {
        add(
          .plaintextRemains, at: writer.place,
          "\(values.plaintext.live) of \(QuotableText("\(resource)")) are still in the clear: values are encrypted only "
            + "when they are written")
      }
      if !resolution.readsPlaintext, values.plaintext.reachable > 0 {
        add(
          .plaintextUnreadable, at: writer.place,
          "\(values.plaintext.reachable) of \(QuotableText("\(resource)")) are in the clear, and without identity among "
            + "the providers can't be read")
      }
      if resolution.writeKey != nil, values.plaintext.reachable == 0,
        values.keys.values.contains(where: { $0.live > 0 }),
        let identity = resolution.transformers.first(where: { $0.key == nil })
      {
        unneeded[identity.place, default: []].append(resource)
      }
    }
    for (place, resources) in unneeded.sorted(by: { ($0.key.line, $0.key.path) < ($1.key.line, $1.key.path) }) {
      add(
        .identityUnneeded, at: place,
        "\(resources.listed): no plaintext is left, yet what somebody plants in etcd in the clear would be believed")
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
            "\(use.reachable) of \(QuotableText("\(resource)")) name the \(key.noun) \(QuotableText(key.name)) of "
              + "\(key.provider.rawValue), which the file does not have for them")
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
        "at least \(writes) values were written under \(QuotableText(key.name)); it must be changed before "
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
        "no value in the snapshot, live or in history, names the \(key.noun) \(QuotableText(key.name)), and it writes "
          + "none")
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
        "the newest value of \(QuotableText("\(resource)")), of revision \(revision), is \(newest.key.writing), but the "
          + "file's first provider has it \(resolution.writeKey.writing)")
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
          "the cluster has no resources of the group in \(QuotableText(resource.text)), so nothing is encrypted for it")
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
        "only Secrets are encrypted; confidential data may lie in \(exposed.listed) too")
    }
    let paths = Set(facts.servers.map(\.configurationPath))
    if paths.count > 1 || paths.contains(nil) {
      let bare = facts.servers.filter { $0.configurationPath == nil }.map(\.name).sorted()
      add(
        .serversDiffer, at: ConfigurationPlace(line: 1, path: ""),
        bare.isEmpty
          ? "the API servers \(facts.servers.map(\.name).sorted().listed) name \(paths.count) different files"
          : "started without --encryption-provider-config: \(bare.listed)")
    }
    if facts.valuesWithKeys > 0 {
      add(
        .readableByOthers, at: ConfigurationPlace(line: 1, path: ""),
        "keys of an EncryptionConfiguration lie in the clear in \(facts.valuesWithKeys) "
          + "value\(facts.valuesWithKeys == 1 ? "" : "s") of the snapshot, beside the data they protect",
        remedy: "Delete the objects, change the keys, and rewrite all that they encrypted.")
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
    guard let self else { return "written in the clear" }
    return "written by \(self.provider.rawValue) under \(QuotableText(self.name))"
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
