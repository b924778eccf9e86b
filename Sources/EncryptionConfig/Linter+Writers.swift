import KubernetesStorage

extension Linter {
  /// Who writes what: L01, L02, L06, L07, L08, L10.
  mutating func checkWriters() {
    let required = requiredResources
    for (provider, patterns) in writers {
      switch provider.kind {
      case .identity:
        checkIdentity(provider, writing: patterns, required)
      case .local(let cipher, let keys):
        checkCipher(cipher, keys, provider, writing: patterns)
      case .kms:
        continue
      }
    }
    let uncovered =
      required.filter { configuration.resolution(of: $0).pattern == nil }.map(\.description)
      + uncoveredGroups
    if !uncovered.isEmpty {
      add(
        .notCovered, at: configuration.groupsPlace,
        "no entry is for \(uncovered.listed), which must be encrypted: new values are written in the clear")
    }
  }

  private mutating func checkIdentity(
    _ provider: ConfiguredProvider, writing patterns: [ResourcePattern], _ required: [GroupResource]
  ) {
    let disguised = patterns.filter { pattern in configuration.transformers(for: pattern).contains { $0.key != nil } }
    let named = required.filter { resource in
      guard let pattern = configuration.resolution(of: resource).pattern else { return false }
      return patterns.contains(pattern) && !disguised.contains(pattern)
    }
    if !disguised.isEmpty {
      add(
        .identityFirst, at: provider.place,
        "\(disguised.listed): identity stands before the providers that encrypt, so new values are written in the clear "
          + "though the entry looks encrypted")
    }
    if !named.isEmpty {
      add(
        .identityFirst, at: provider.place,
        "\(named.listed): identity is the first provider, so new values are written in the clear")
    }
  }

  private mutating func checkCipher(
    _ cipher: LocalProvider, _ keys: [LocalKey], _ provider: ConfiguredProvider, writing patterns: [ResourcePattern]
  ) {
    switch cipher {
    case .aescbc:
      add(
        .weakCipher, at: provider.place,
        "\(patterns.listed): aescbc writes, which Kubernetes advises against: a value can be altered unnoticed, and moved "
          + "to another etcd key")
    case .aesgcm:
      if keys.count == 1 {
        add(
          .unrotatedKey, at: provider.place,
          "\(patterns.listed): aesgcm writes, and its one key shows no sign of rotation; after 200 000 writes it must be "
            + "changed")
      }
    case .secretbox:
      if options.requiresFIPS {
        add(
          .notFIPS, at: provider.place,
          "\(patterns.listed): secretbox writes, and XSalsa20-Poly1305 is no algorithm of FIPS 140")
      }
    }
    add(
      .localKey, at: provider.place,
      "\(patterns.listed): the key that writes stands in this file, so whoever reads the control plane's disks reads the "
        + "values")
  }

  /// The resources that must be encrypted: those named, and the built-in ones of groups named.
  var requiredResources: [GroupResource] {
    options.required.flatMap { pattern -> [GroupResource] in
      if case .resource(let resource) = pattern { return [resource] }
      return BuiltInResource.all.filter { $0.tree == .kubernetes && pattern.matches($0.resource) }.map(\.resource)
    }
  }

  /// The wildcards that must be encrypted and have no built-in resources, or not only, as far as no entry is for them.
  private var uncoveredGroups: [String] {
    let patterns = configuration.patterns
    return options.required.filter { pattern in
      switch pattern {
      case .resource: false
      case .group(let group):
        !BuiltInResource.isBuiltInGroup(group) && !patterns.contains(pattern) && !patterns.contains(.all)
      case .all: !patterns.contains(.all)
      }
    }.map(\.description)
  }
}
