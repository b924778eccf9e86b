import KubernetesStorage

extension EncryptionConfiguration {
  /// What the file says of `resource`.
  ///
  /// apiserver pkg/server/options/encryptionconfig/config.go: the providers of all entries that name the same are put one
  /// behind the other; exact names go before wildcards of the group, and these before `*.*`, and what is further back is
  /// not even read with. API servers up to 1.26 take wildcards for names, and those up to 1.25 leave custom resources
  /// alone. O(resources of the file).
  public func resolution(of resource: GroupResource) -> ResourceResolution {
    let patterns: [ResourcePattern] =
      if server.encryptsCustomResources || BuiltInResource.of(resource) != nil {
        [.resource(resource), .group(resource.group), .all]
      } else {
        []
      }
    for pattern in patterns {
      let transformers = transformers(for: pattern)
      if !transformers.isEmpty {
        return ResourceResolution(resource: resource, pattern: pattern, transformers: transformers)
      }
    }
    return ResourceResolution(resource: resource, pattern: nil, transformers: [])
  }

  /// What the file covers: all that it names with a provider that encrypts, whether first or not, each once, in order.
  ///
  /// A wildcard covers less than it says where an exact name goes before it: see ``exemptions``.
  public var scope: [ResourcePattern] {
    patterns.filter { transformers(for: $0).contains { $0.key != nil } }
  }

  /// What the file names with identity alone, each once, in order: plaintext is what is asked for.
  public var exemptions: [ResourcePattern] {
    patterns.filter { transformers(for: $0).allSatisfy { $0.key == nil } }
  }

  /// All that the file names, each once, in order.
  public var patterns: [ResourcePattern] {
    var seen: Set<ResourcePattern> = []
    return groups.flatMap(\.resources).map(\.pattern).filter { seen.insert($0).inserted }
  }

  /// The keys and plugins of the file.
  public var keys: Set<KeyReference> {
    Set(groups.flatMap(\.providers).flatMap(\.transformers).compactMap(\.key))
  }

  /// The transformers of all entries that name exactly `pattern`, in order; none when no entry does.
  public func transformers(for pattern: ResourcePattern) -> [Transformer] {
    providers(for: pattern).flatMap(\.transformers)
  }

  /// The providers of all entries that name exactly `pattern`, in order.
  func providers(for pattern: ResourcePattern) -> [ConfiguredProvider] {
    groups.filter { group in group.resources.contains { $0.pattern == pattern } }.flatMap(\.providers)
  }
}
