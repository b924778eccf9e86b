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
        "no entry covers \(uncovered.listed): new values are written in the clear")
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
        "'identity' is the only provider of \(named.listed): new values are written in the clear",
        remedy:
          "Add an encrypting provider in front of 'identity: {}', restart every API server, and only then rewrite the "
          + "objects.")
    }
  }

  private mutating func checkCipher(
    _ cipher: LocalProvider, _ keys: [LocalKey], _ provider: ConfiguredProvider, writing patterns: [ResourcePattern]
  ) {
    switch cipher {
    case .aescbc:
      add(
        .weakCipher, at: provider.place,
        "aescbc writes \(patterns.listed): whoever can write to etcd can change a value unnoticed, or move it to another "
          + "object")
    case .aesgcm:
      if keys.count == 1 {
        add(
          .unrotatedKey, at: provider.place,
          "aesgcm writes \(patterns.listed) with its only key; the key must be changed before 200 000 writes")
      }
    case .secretbox:
      if options.requiresFIPS {
        add(
          .notFIPS, at: provider.place,
          "secretbox writes \(patterns.listed), and FIPS 140 does not approve XSalsa20-Poly1305")
      }
    }
    add(
      .localKey, at: provider.place,
      "the key that writes \(patterns.listed) is stored in this file: whoever can read the control plane's disks can read "
        + "the values")
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
