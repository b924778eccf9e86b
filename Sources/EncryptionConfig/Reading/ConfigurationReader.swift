import KubernetesStorage
import StrictYAML

/// Makes a configuration of a document, and notes all that an API server would refuse.
///
/// A member that is missing, `null` or empty is the same, as in Go. What is refused is still read where it has a meaning,
/// so that everything else that is wrong shows too.
struct ConfigurationReader {
  let server: APIServerSettings
  private(set) var errors: [ConfigurationError] = []
  var valuesLeft = maximumValues
  /// What the entries so far name.
  private var rules = ResourceRules()
  /// The names of the plugins so far, of both versions, each with where it stands first.
  var pluginNames: [String: ConfigurationPlace] = [:]

  init(for server: APIServerSettings) {
    self.server = server
  }

  /// What any release refuses, by line; within one in the order in which it was read.
  var errorsInOrder: [ConfigurationError] {
    errors.enumerated().sorted { left, right in
      let (first, second) = (left.element.place, right.element.place)
      return (first.line, first.decodedLine ?? 0, left.offset) < (second.line, second.decodedLine ?? 0, right.offset)
    }.map(\.element)
  }

  /// Reads a whole configuration.
  ///
  /// - Parameter lacksHeader: whether what it lies in states version and kind for it.
  mutating func configuration(_ root: YAMLValue, lacksHeader: Bool = false) -> ConfigurationDraft? {
    if let sentence = ForeignDocument.sentence(about: root) {
      refuse(.unknownKind, root["kind"]?.place ?? root.place, sentence)
      return nil
    }
    guard let members = members(of: root, ["apiVersion", "kind", "resources"]) else { return nil }
    let header = lacksHeader ? .current : header(members, of: root)
    let place = members["resources"]?.place ?? root.place.member("resources")
    let entries = list(members["resources"])
    let groups = entries?.compactMap { group($0) } ?? []
    if entries?.isEmpty == true { refuse(.noEntries, place, "the list needs at least one entry") }
    guard let header else { return nil }
    let headerPlace = members["apiVersion"]?.place ?? root.place
    return ConfigurationDraft(header: header, headerPlace: headerPlace, groups: groups, groupsPlace: place)
  }

  private mutating func header(
    _ members: [String: YAMLValue], of root: YAMLValue
  ) -> EncryptionConfiguration.Header? {
    guard let version = text(members["apiVersion"]), let kind = text(members["kind"]) else { return nil }
    if let header = EncryptionConfiguration.Header(rawValue: version), header.kind == kind { return header }
    let current = EncryptionConfiguration.Header.current
    if version.isEmpty, kind.isEmpty {
      refuse(
        .unknownKind, root.place.member("apiVersion"),
        "'apiVersion' and 'kind' are missing: write 'apiVersion: \(current.rawValue)' and 'kind: \(current.kind)'")
      return nil
    }
    if version != current.rawValue { refuseHeader("apiVersion", version, members, of: root, write: current.rawValue) }
    if kind != current.kind { refuseHeader("kind", kind, members, of: root, write: current.kind) }
    return nil
  }

  private mutating func refuseHeader(
    _ name: String, _ found: String, _ members: [String: YAMLValue], of root: YAMLValue, write right: String
  ) {
    refuse(
      .unknownKind, members[name]?.place ?? root.place.member(name),
      (found.isEmpty ? "'\(name)' is missing" : "\(QuotableText(found)) is wrong here") + ": write '\(name): \(right)'")
  }

  private mutating func group(_ entry: YAMLValue) -> ResourceGroup? {
    guard let members = members(of: entry, ["resources", "providers"]) else { return nil }
    let resources = resources(members["resources"], of: entry)
    let elements = list(members["providers"])
    if elements?.isEmpty == true {
      let place = members["providers"]?.place ?? entry.place.member("providers")
      refuse(.noProviders, place, "an entry needs at least one provider")
    }
    let providers = elements?.compactMap { provider($0) } ?? []
    return ResourceGroup(resources: resources, providers: providers, place: entry.place)
  }

  private mutating func resources(_ value: YAMLValue?, of entry: YAMLValue) -> [ConfiguredResource] {
    guard let elements = list(value) else { return [] }
    let place = value?.place ?? entry.place.member("resources")
    if elements.isEmpty { refuse(.noResources, place, "an entry needs at least one resource, such as 'secrets'") }
    let resources = elements.compactMap { element in
      text(element).map { ConfiguredResource($0, for: server, at: element.place) }
    }
    errors += rules.faults(of: resources)
    return resources
  }
}

// MARK: Members and values

extension ConfigurationReader: YAMLMemberReader {
  /// Notes that something is refused, by all releases or by some.
  mutating func refuse(
    _ code: ConfigurationError.Code, _ place: ConfigurationPlace, by releases: ConfigurationError.Releases = .all,
    _ reason: String
  ) {
    errors.append(ConfigurationError(code, at: place, by: releases, reason))
  }

  /// Notes that something is refused; older releases pass over a member that does not exist.
  mutating func refuse(_ fault: YAMLFault) {
    errors.append(
      ConfigurationError(
        fault, by: fault.code == .unknownMember ? .since(APIServerSettings.refusesUnknownMembers) : .all))
  }

  /// Yes: an API server reads the file with sigs.k8s.io/yaml, whose decoder takes them (goyaml.v2, decode.go: merge).
  static var takesMergeKeys: Bool { true }

  /// See `YAMLMemberReader`.
  static func advice(onUnknown name: String?, among names: [String]) -> String {
    names.isEmpty ? ": write '{}'" : list(of: names)
  }
}
