import KubernetesStorage
import Yams

/// Makes a configuration of a document, and notes all that an API server would refuse.
///
/// A member that is missing, `null` or empty is the same, as in Go. What is refused is still read where it has a meaning,
/// so that everything else that is wrong shows too.
struct ConfigurationReader {
  /// A configuration with a thousand keys has a fourth of it; aliases can repeat more than a file holds.
  static let maximumValues = 20_000

  let server: APIServerSettings
  private(set) var errors: [ConfigurationError] = []
  private var valuesLeft = maximumValues
  /// What the entries so far name.
  private var rules: ResourceRules
  /// The names of the plugins so far, of both versions.
  var pluginNames: Set<String> = []

  init(for server: APIServerSettings) {
    self.server = server
    rules = ResourceRules(for: server)
  }

  /// What was refused, by line; within one in the order in which it was read.
  var errorsInOrder: [ConfigurationError] {
    errors.enumerated().sorted { left, right in
      (left.element.place.line, left.offset) < (right.element.place.line, right.offset)
    }.map(\.element)
  }

  /// Reads a whole document.
  mutating func configuration(_ root: YAMLValue) -> ConfigurationDraft? {
    guard let members = members(of: root, ["apiVersion", "kind", "resources"]) else { return nil }
    let header = header(members, of: root)
    let place = members["resources"]?.place ?? root.place.member("resources")
    let entries = list(members["resources"])
    let groups = entries?.compactMap { group($0) } ?? []
    if entries?.isEmpty == true { refuse(.noEntries, place, "there must be at least one entry") }
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
    let isKindWrong = EncryptionConfiguration.Header(rawValue: version) != nil
    let name = isKindWrong ? "kind" : "apiVersion"
    let found = isKindWrong ? kind : version
    refuse(
      .unknownKind, members[name]?.place ?? root.place.member(name),
      (found.isEmpty ? "it is missing" : "it is \(QuotableText(found))")
        + ": write 'apiVersion: \(current.rawValue)' and 'kind: \(current.kind)'")
    return nil
  }

  private mutating func group(_ entry: YAMLValue) -> ResourceGroup? {
    guard let members = members(of: entry, ["resources", "providers"]) else { return nil }
    let resources = resources(members["resources"], of: entry)
    let elements = list(members["providers"])
    if elements?.isEmpty == true {
      let place = members["providers"]?.place ?? entry.place.member("providers")
      refuse(.noProviders, place, "there must be at least one provider; 'identity: {}' leaves values in the clear")
    }
    let providers = elements?.compactMap { provider($0) } ?? []
    return ResourceGroup(resources: resources, providers: providers, place: entry.place)
  }

  private mutating func resources(_ value: YAMLValue?, of entry: YAMLValue) -> [ConfiguredResource] {
    guard let elements = list(value) else { return [] }
    let place = value?.place ?? entry.place.member("resources")
    if elements.isEmpty { refuse(.noResources, place, "there must be at least one resource, such as 'secrets'") }
    let resources = elements.compactMap { element in
      text(element).map { ConfiguredResource($0, for: server, at: element.place) }
    }
    errors += rules.faults(of: resources)
    return resources
  }
}

// MARK: Members and values

extension ConfigurationReader {
  /// Notes that something is refused.
  mutating func refuse(_ code: ConfigurationError.Code, _ place: ConfigurationPlace, _ reason: String) {
    errors.append(ConfigurationError(code, at: place, reason))
  }

  /// The members of a mapping by their names; nil when it is no mapping.
  mutating func members(of value: YAMLValue, _ names: [String]) -> [String: YAMLValue]? {
    if value.isNull { return [:] }
    guard case .mapping(let mapping) = value.node else {
      refuse(.wrongType, value.place, "it must be a mapping" + Self.advice(on: names))
      return nil
    }
    var members: [String: YAMLValue] = [:]
    for (key, node) in merged(mapping, of: value) {
      guard take() else { return nil }
      let place = value.place.member(key.scalar?.string ?? "", line: key.mark?.line)
      if let name = key.scalar?.string, names.contains(name) {
        members[name] = YAMLValue(node, at: place)
      } else if server.refusesUnknownMembers {
        refuseMember(key, of: value, names)
      }
    }
    return members
  }

  /// The elements of a list; none when it is missing, nil when it is something else.
  mutating func list(_ value: YAMLValue?) -> [YAMLValue]? {
    guard let value, !value.isNull else { return [] }
    guard case .sequence(let sequence) = value.node else {
      refuse(.wrongType, value.place, "it must be a list, whose elements begin with '- '")
      return nil
    }
    var elements: [YAMLValue] = []
    for (index, node) in sequence.enumerated() {
      guard take() else { return nil }
      elements.append(YAMLValue(node, at: value.place.element(index, line: node.mark?.line ?? value.place.line)))
    }
    return elements
  }

  /// A text, empty when it is missing; nil when it is something else.
  mutating func text(_ value: YAMLValue?) -> String? {
    guard let value, !value.isNull else { return "" }
    switch value.node.scalar?.kind {
    case .text:
      return value.node.scalar?.string
    case .number, .boolean:
      refuse(.wrongType, value.place, "it must be a text; without quotes, YAML takes it for a number, or for yes or no")
    case .null, nil:
      refuse(.wrongType, value.place, "it must be a text")
    }
    return nil
  }

  /// A whole number of 32 bits; nil when it is missing or something else.
  mutating func integer(_ value: YAMLValue?) -> Int32? {
    guard let value, !value.isNull else { return nil }
    if let scalar = value.node.scalar, scalar.kind == .number,
      let number = Int(yaml: scalar.string.filter { $0 != "_" }), let number = Int32(exactly: number)
    {
      return number
    }
    refuse(.wrongType, value.place, "it must be a whole number of 32 bits, without quotes")
    return nil
  }

  /// The pairs of a mapping, with those that `<<` brings in from others behind its own.
  private mutating func merged(_ mapping: Node.Mapping, of value: YAMLValue) -> [(Node, Node)] {
    guard let (_, source) = mapping.first(where: { $0.key.scalar?.isMergeKey == true }) else { return Array(mapping) }
    var pairs = mapping.filter { $0.key.scalar?.isMergeKey != true }
    var names = Set(pairs.compactMap(\.key.scalar?.string))
    let sources = source.sequence.map { Array($0) } ?? [source]
    for source in sources {
      guard case .mapping(let other) = source else {
        let place = ConfigurationPlace(line: source.mark?.line ?? value.place.line, path: value.place.path)
        refuse(.wrongType, place, "'<<' takes a mapping, or a list of them")
        return pairs
      }
      pairs += other.filter { pair in pair.key.scalar.map { names.insert($0.string).inserted } ?? true }
    }
    return pairs
  }

  private mutating func refuseMember(_ key: Node, of value: YAMLValue, _ names: [String]) {
    let place = ConfigurationPlace(line: key.mark?.line ?? value.place.line, path: value.place.path)
    let member = key.scalar.map { "the member \(QuotableText($0.string))" } ?? "a member that is no text"
    let advice = Self.advice(on: names)
    refuse(.unknownMember, place, "\(member) does not exist" + (advice.isEmpty ? ": nothing may stand here" : advice))
  }

  private static func advice(on names: [String]) -> String {
    names.isEmpty ? "" : "; there are \(names.map { "'\($0)'" }.joined(separator: ", "))"
  }

  /// Counts one more value; says no, once with an error, when there were too many.
  private mutating func take() -> Bool {
    valuesLeft -= 1
    if valuesLeft == 0 {
      let place = ConfigurationPlace(line: 1, path: "")
      refuse(.tooLarge, place, "there are more than \(Self.maximumValues) values, those that aliases repeat included")
    }
    return valuesLeft > 0
  }
}

extension Node.Scalar {
  fileprivate var isMergeKey: Bool { string == "<<" && style == .plain }
}
