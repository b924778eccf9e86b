import Yams

/// Takes a document apart, member by member, and notes all that must not stand there.
///
/// A member that is missing, `null` or empty is the same, as in Go. What is refused is passed over, so that everything else
/// that is wrong shows too.
package protocol YAMLMemberReader {
  /// How many more values are read; aliases can repeat more than a file holds.
  var valuesLeft: Int { get set }

  /// Whether `<<` brings in the members of another mapping, as where a Go program reads the file.
  static var takesMergeKeys: Bool { get }

  /// Notes that something is refused.
  mutating func refuse(_ fault: YAMLFault)

  /// What to write instead of the member `name`, where one of `names` must stand; begins with `; ` or `: `, or is empty.
  static func advice(onUnknown name: String?, among names: [String]) -> String
}

extension YAMLMemberReader {
  /// Most values that are read of a file, those that aliases repeat included. An EncryptionConfiguration with a thousand
  /// keys has a fourth of them.
  package static var maximumValues: Int { 20_000 }

  /// The members of a mapping by their names; nil when it is no mapping.
  package mutating func members(of value: YAMLValue, _ names: [String]) -> [String: YAMLValue]? {
    if value.isNull { return [:] }
    guard case .mapping(let mapping) = value.node else {
      refuse(.wrongType, value.place, "this must be a mapping" + Self.list(of: names))
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

  /// All pairs of a mapping whose members have names that the file chooses; nil when it is no mapping.
  package mutating func pairs(of value: YAMLValue?) -> [(name: String, value: YAMLValue)]? {
    guard let value, !value.isNull else { return [] }
    guard case .mapping(let mapping) = value.node else {
      refuse(.wrongType, value.place, "this must be a mapping")
      return nil
    }
    var pairs: [(name: String, value: YAMLValue)] = []
    for (key, node) in merged(mapping, of: value) {
      guard take() else { return nil }
      if let name = key.scalar?.string {
        pairs.append((name, value.member(key, node)))
      } else {
        refuseMember(key, of: value, [])
      }
    }
    return pairs
  }

  /// The elements of a list; none when it is missing, nil when it is something else.
  package mutating func list(_ value: YAMLValue?) -> [YAMLValue]? {
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
  package mutating func text(_ value: YAMLValue?) -> String? {
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
  package mutating func integer(_ value: YAMLValue?) -> Int32? {
    guard let value, !value.isNull else { return nil }
    if let scalar = value.node.scalar, scalar.kind == .number,
      let number = Int(yaml: scalar.string.filter { $0 != "_" }), let number = Int32(exactly: number)
    {
      return number
    }
    refuse(.wrongType, value.place, "this must be a whole number of at most 32 bits, without quotes")
    return nil
  }

  /// What to write, where one of `names` must stand.
  package static func list(of names: [String]) -> String {
    names.isEmpty ? "" : "; possible are \(names.map { "'\($0)'" }.joined(separator: ", "))"
  }

  private mutating func refuse(_ code: YAMLFault.Code, _ place: YAMLPlace, _ reason: String) {
    refuse(YAMLFault(code, at: place, reason))
  }

  /// The pairs of a mapping, with those that `<<` brings in from others behind its own, where it does.
  private mutating func merged(_ mapping: Node.Mapping, of value: YAMLValue) -> [(Node, Node)] {
    guard Self.takesMergeKeys, let (_, source) = mapping.first(where: { $0.key.scalar?.isMergeKey == true }) else {
      return Array(mapping)
    }
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
    let advice = Self.advice(onUnknown: key.scalar?.string, among: names)
    refuse(.unknownMember, value.place(of: key), "\(member) does not exist here" + advice)
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
