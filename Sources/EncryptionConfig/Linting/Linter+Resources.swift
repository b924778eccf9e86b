import KubernetesStorage
import StrictYAML

extension Linter {
  /// What the entries name: L17 to L20.
  mutating func checkResources() {
    checkExistence()
    checkRelease()
    checkRepetition()
    checkExemptions()
  }

  private mutating func checkExistence() {
    for resource in configuration.groups.flatMap(\.resources) where !options.required.contains(resource.pattern) {
      guard case .resource(let name) = resource.pattern, !resource.isWildcard, name.isSurelyUnknown else { continue }
      reportUnknown(name, resource)
    }
  }

  /// Says that nothing is called so, and what may have been meant.
  mutating func reportUnknown(_ name: GroupResource, _ resource: ConfiguredResource, custom: [GroupResource] = []) {
    let suggestions = ResourceSuggestion.spellings(like: name, custom: custom).map { "'\($0)'" }
    let remedy = suggestions.isEmpty ? nil : "Write \(suggestions.joined(separator: " or "))."
    add(
      .unknownResource, at: resource.place,
      "no resource is called \(QuotableText(resource.text)), so the entry encrypts nothing for it", remedy: remedy)
  }

  private mutating func checkRelease() {
    guard let version = configuration.server.kubernetesVersion else { return }
    for resource in configuration.groups.flatMap(\.resources) {
      let text = QuotableText(resource.text)
      if resource.isWildcard, !configuration.server.knowsWildcards {
        add(
          .ineffectiveEntry, at: resource.place,
          "Kubernetes \(version) takes the wildcard \(text) for the name of one resource, and encrypts nothing for it")
      } else if !configuration.server.encryptsCustomResources, case .resource(let name) = resource.pattern,
        BuiltInResource.of(name) == nil, !name.isSurelyUnknown
      {
        add(
          .ineffectiveEntry, at: resource.place,
          "Kubernetes \(version) does not encrypt custom resources such as \(text)",
          remedy: "Upgrade Kubernetes to 1.26 or newer, then rewrite the objects.")
      }
    }
  }

  private mutating func checkRepetition() {
    var first: [ResourcePattern: ConfigurationPlace] = [:]
    for resource in configuration.groups.flatMap(\.resources) {
      guard let other = first[resource.pattern] else {
        first[resource.pattern] = resource.place
        continue
      }
      add(
        .repeatedResource, at: resource.place,
        "an earlier entry names \(QuotableText(resource.text)) too (\(other)): the providers of this one only read it")
    }
  }

  private mutating func checkExemptions() {
    let required = Set(requiredResources)
    var exempted: [ConfigurationPlace: [GroupResource]] = [:]
    for case .resource(let resource) in ResourcePattern.openShift where !required.contains(resource) {
      let resolution = configuration.resolution(of: resource)
      guard let exempting = resolution.pattern, let writer = resolution.writer, !resolution.isEncrypting else {
        continue
      }
      let isCoveredOtherwise = [ResourcePattern.group(resource.group), .all].contains { wildcard in
        wildcard != exempting && configuration.transformers(for: wildcard).first?.key != nil
      }
      if isCoveredOtherwise { exempted[writer.place, default: []].append(resource) }
    }
    for (place, resources) in exempted.sorted(by: { ($0.key.line, $0.key.path) < ($1.key.line, $1.key.path) }) {
      add(
        .exemptedResource, at: place,
        "'identity' alone is the provider of \(resources.listed), although a wildcard encrypts the rest")
    }
  }

  /// The file itself: L26 and L28.
  mutating func checkFile() {
    if configuration.header == .legacy {
      add(
        .legacyHeader, at: configuration.headerPlace,
        "'v1' and 'EncryptionConfig' are the outdated alpha form, which API servers still read")
    }
    if options.isReadableByOthers, !keys.isEmpty {
      add(
        .readableByOthers, at: .start, "the file's mode lets every user of the host read the keys in it",
        remedy: "Set mode 0600 (chmod 600 FILE). If others may have read the keys, change them.")
    }
  }
}

extension GroupResource {
  /// Whether no API server has it: its group has built-in resources alone, and it is none of them.
  var isSurelyUnknown: Bool {
    guard BuiltInResource.of(self) == nil else { return false }
    let ids = BuiltInResource.ids(ofGroup: group)
    return group.isEmpty || !ids.isEmpty && ids.allSatisfy { BuiltInResource[$0].tree == .kubernetes }
  }
}
