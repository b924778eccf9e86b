import KubernetesStorage
import StrictYAML

/// What API servers demand of the lists of resources; see validation_encryption.go, and config.go for what is masked.
struct ResourceRules {
  /// The wildcards of earlier entries, and where each stands first.
  private var wildcards: [ResourcePattern: ConfigurationPlace] = [:]

  /// Up to 1.26, nothing is wrong with a resource.
  private static let since = ConfigurationError.Releases.since(APIServerSettings.knowsWildcards)

  /// What is wrong with the resources of the next entry.
  mutating func faults(of resources: [ConfiguredResource]) -> [ConfigurationError] {
    let masked = resources.compactMap { maskedResource($0) }
    for resource in resources where resource.pattern.isWildcard {
      wildcards[resource.pattern] = wildcards[resource.pattern] ?? resource.place
    }
    return resources.compactMap(Self.nameFault) + Self.duplicates(in: resources) + Self.overlaps(in: resources) + masked
  }

  private static func nameFault(of resource: ConfiguredResource) -> ConfigurationError? {
    do {
      _ = try ResourcePattern(resource.text)
      return nil
    } catch {
      guard let code = ConfigurationError.Code(error.code) else { return nil }
      let reason = QuotableText(resource.text).isQuoted ? error.description : "this is no name of a resource"
      return ConfigurationError(code, at: resource.place, by: since, reason)
    }
  }

  private static func duplicates(in resources: [ConfiguredResource]) -> [ConfigurationError] {
    var seen: Set<ResourcePattern> = []
    return resources.filter { !seen.insert($0.pattern).inserted }.map { resource in
      ConfigurationError(
        .duplicateResource, at: resource.place, by: since,
        "\(QuotableText(resource.text)) stands in this list already: remove one of the two")
    }
  }

  /// One error for each wildcard that covers another element of the list.
  private static func overlaps(in resources: [ConfiguredResource]) -> [ConfigurationError] {
    let patterns = Set(resources.map(\.pattern))
    let groups = Set(
      patterns.compactMap { pattern in
        if case .resource(let resource) = pattern { resource.group } else { nil }
      })
    return resources.filter { resource in
      switch resource.pattern {
      case .all: patterns.count > 1
      case .group(let group): groups.contains(group)
      case .resource: false
      }
    }.map { resource in
      ConfigurationError(
        .overlappingResources, at: resource.place, by: since,
        "\(QuotableText(resource.text)) covers other elements of this list: give it an entry of its own, behind this one"
      )
    }
  }

  private func maskedResource(_ resource: ConfiguredResource) -> ConfigurationError? {
    let masks: [ResourcePattern] =
      switch resource.pattern {
      case .all: [.all]
      case .group: [resource.pattern, .all]
      case .resource(let name): [.group(name.group), .all]
      }
    guard let mask = masks.first(where: { wildcards[$0] != nil }), let place = wildcards[mask] else { return nil }
    return ConfigurationError(
      .maskedResource, at: resource.place, by: Self.since,
      "\(QuotableText("\(mask)")) in \(place.lineDescription) covers \(QuotableText(resource.text)), so this would "
        + "never apply: move the entry with \(QuotableText("\(mask)")) behind this one")
  }
}

extension ResourcePattern {
  /// Whether it names more than one resource.
  var isWildcard: Bool {
    if case .resource = self { false } else { true }
  }
}

extension ConfigurationError.Code {
  /// The same refusal; nil where the API server takes the text for a name, though nothing can be called so.
  fileprivate init?(_ code: ResourcePatternError.Code) {
    switch code {
    case .capitalLetter: self = .capitalLetter
    case .bareWildcard: self = .bareWildcard
    case .acrossGroups: self = .acrossGroups
    case .noAPI: self = .noAPI
    case .eventsGroup: self = .eventsGroup
    case .removedGroup: self = .removedGroup
    case .empty, .notAName: return nil
    }
  }
}
