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

extension ConfigurationReader {
  /// Notes that something is refused, by all releases or by some.
  mutating func refuse(
    _ code: ConfigurationError.Code, _ place: ConfigurationPlace, by releases: ConfigurationError.Releases = .all,
    _ reason: String
  ) {
    errors.append(ConfigurationError(code, at: place, by: releases, reason))
  }

  /// The members of a mapping by their names; nil when it is no mapping.
  mutating func members(of value: YAMLValue, _ names: [String]) -> [String: YAMLValue]? {
    if value.isNull { return [:] }
    guard case .mapping(let mapping) = value.node else {
      refuse(.wrongType, value.place, "this must be a mapping" + Self.advice(on: names))
      return nil
    }
    var members: [String: YAMLValue] = [:]
    for (key, node) in merged(mapping, of: value) {
      guard take() else { return nil }
      if let name = key.scalar?.string, names.contains(name) {
        members[name] = value.member(key, node)
      } else {
        refuseMember(key, of: value, names)
      }
    }
    return members
  }

  /// The elements of a list; none when it is missing, nil when it is something else.
  mutating func list(_ value: YAMLValue?) -> [YAMLValue]? {
    guard let value, !value.isNull else { return [] }
    guard case .sequence(let sequence) = value.node else {
      refuse(.wrongType, value.place, "this must be a list: begin each element with '- '")
      return nil
    }
    var elements: [YAMLValue] = []
    for (index, node) in sequence.enumerated() {
      guard take() else { return nil }
      elements.append(value.element(index, node))
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
      refuse(.wrongType, value.place, "this must be a text: without quotes, YAML reads a number, or yes or no")
    case .null, nil:
      refuse(.wrongType, value.place, "this must be a text" + Self.placeholderAdvice(on: value))
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
    refuse(.wrongType, value.place, "this must be a whole number of at most 32 bits, without quotes")
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
        refuse(.wrongType, value.place(of: source), "'<<' takes a mapping, or a list of them")
        return pairs
      }
      pairs += other.filter { pair in pair.key.scalar.map { names.insert($0.string).inserted } ?? true }
    }
    return pairs
  }

  private mutating func refuseMember(_ key: Node, of value: YAMLValue, _ names: [String]) {
    let member = key.scalar.map { "the member \(QuotableText($0.string))" } ?? "a member that is no text"
    let advice = Self.advice(on: names)
    refuse(
      .unknownMember, value.place(of: key), by: .since(APIServerSettings.refusesUnknownMembers),
      "\(member) does not exist here" + (advice.isEmpty ? ": write '{}'" : advice))
  }

  private static func advice(on names: [String]) -> String {
    names.isEmpty ? "" : "; possible are \(names.map { "'\($0)'" }.joined(separator: ", "))"
  }

  /// Of a mapping or list where there should be a text, the doubled braces of a template may be the reason.
  private static func placeholderAdvice(on value: YAMLValue) -> String {
    if case .mapping(let mapping) = value.node, mapping.count == 1, mapping.first?.key.scalar == nil {
      return ": is it a template, '{{ … }}', that was not filled in?"
    }
    return ""
  }

  /// Counts one more value; says no, once with an error, when there were too many.
  private mutating func take() -> Bool {
    valuesLeft -= 1
    if valuesLeft == 0 {
      refuse(
        .tooLarge, .start,
        "the file has more than \(Self.maximumValues) values, those that aliases repeat included")
    }
    return valuesLeft > 0
  }
}

extension Node.Scalar {
  fileprivate var isMergeKey: Bool { string == "<<" && style == .plain }
}
