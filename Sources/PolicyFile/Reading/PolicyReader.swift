import KubernetesStorage
import RuleCatalog
import StrictYAML
import VerificationModel

/// Makes a policy of a document, and notes all that is wrong with it.
struct PolicyReader: YAMLMemberReader {
  private(set) var errors: [PolicyError] = []
  var valuesLeft = maximumValues
  private let today: CalendarDay

  init(today: CalendarDay) { self.today = today }

  /// What a document says.
  struct Draft {
    var resources: [ResourcePattern]?
    var layers: Set<Layer>?
    var failOn: PolicyDocument.Threshold?
    var severities: [Rule: Severity] = [:]
    var demands: [EncryptionDemand] = []
    var waivers: [PolicyWaiver] = []
  }

  /// By line; within one in the order in which they were read.
  var errorsInOrder: [PolicyError] {
    errors.enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }.map(\.element)
  }

  /// Reads a whole policy.
  mutating func policy(_ root: YAMLValue) -> Draft {
    var draft = Draft()
    if let kind = root["kind"], root["apiVersion"] != nil {
      refuse(
        .unknownMember, kind.place,
        "this is a Kubernetes object, \(QuotableText(kind.text ?? "")), and no policy of atrest")
      return draft
    }
    guard
      let members = members(
        of: root, ["version", "resources", "layers", "failOn", "severities", "encryption", "waivers"])
    else { return draft }
    version(members["version"])
    draft.resources = resources(members["resources"])
    draft.layers = layers(members["layers"])
    draft.failOn = threshold(members["failOn"])
    draft.severities = severities(members["severities"])
    draft.demands = demands(members["encryption"])
    draft.waivers = waivers(members["waivers"])
    return draft
  }

  // MARK: Scope and verdict

  private mutating func version(_ value: YAMLValue?) {
    guard let value, !value.isNull, let number = integer(value), number != 1 else { return }
    refuse(.unknownVersion, value.place, "this program reads version 1 of policies, and not \(number)")
  }

  /// The resources of a list; nil where there is none, or an empty one.
  private mutating func resources(_ value: YAMLValue?) -> [ResourcePattern]? {
    guard let value, !value.isNull, let elements = list(value) else { return nil }
    guard !elements.isEmpty else {
      refuse(.missingMember, value.place, "the list names no resource: write '[secrets]', or leave it out")
      return nil
    }
    var found: [ResourcePattern] = []
    for element in elements {
      guard let text = text(element), let pattern = pattern(text, element.place) else { continue }
      if found.contains(pattern) {
        refuse(.repeatedValue, element.place, "'\(pattern)' stands in this list already")
      } else {
        found.append(pattern)
      }
    }
    return found
  }

  private mutating func pattern(_ text: String, _ place: YAMLPlace) -> ResourcePattern? {
    do throws(ResourcePatternError) {
      let pattern = try ResourcePattern(text)
      guard let mistake = pattern.mistake else { return pattern }
      refuse(.unknownResource, place, mistake)
    } catch {
      refuse(.unknownResource, place, QuotableText(text).isQuoted ? error.description : "this is no name of a resource")
    }
    return nil
  }

  private mutating func layers(_ value: YAMLValue?) -> Set<Layer>? {
    guard let value, !value.isNull, let elements = list(value) else { return nil }
    guard !elements.isEmpty else {
      refuse(.missingMember, value.place, "the list names no layer: leave it out, and all three are examined")
      return nil
    }
    var found: Set<Layer> = []
    for element in elements {
      guard let layer = layer(element) else { continue }
      if !found.insert(layer).inserted {
        refuse(.repeatedValue, element.place, "'\(layer.rawValue)' stands in this list already")
      }
    }
    return found
  }

  private mutating func layer(_ value: YAMLValue?) -> Layer? {
    choice(value, Layer.allCases.map { ($0.rawValue, $0) })
  }

  private mutating func threshold(_ value: YAMLValue?) -> PolicyDocument.Threshold? {
    let severities = Severity.allCases.filter { $0 > .info }.reversed()
    return choice(
      value, severities.map { ($0.rawValue, .severity($0)) } + [("never", PolicyDocument.Threshold.never)])
  }

  // MARK: Severities

  private mutating func severities(_ value: YAMLValue?) -> [Rule: Severity] {
    var found: [Rule: Severity] = [:]
    for (name, value) in pairs(of: value) ?? [] {
      let severity = choice(value, Severity.allCases.reversed().map { ($0.rawValue, $0) })
      if let rule = namedRule(name, value.place, change: "be changed in its severity"), let severity {
        found[rule] = severity
      } else if value.isNull {
        refuse(.missingMember, value.place, "a severity is missing")
      }
    }
    return found
  }

  /// The rule of this identifier.
  ///
  /// - Parameter change: what it must allow: `be waived`.
  private mutating func namedRule(_ name: String, _ place: YAMLPlace, change: String) -> Rule? {
    guard let rule = Rule(rawValue: name) else {
      let isKnown = RuleDescription(id: name) != nil
      let meant = Spelling.nearest(to: name, among: Rule.allCases.map(\.rawValue), limit: 1).first
      refuse(
        .unknownRule, place,
        isKnown
          ? "'\(name)' is a rule of 'atrest lint', which takes no policy"
          : "there is no rule \(QuotableText(name))"
            + (meant.map { ": did you mean '\($0)'?" } ?? ": 'atrest explain' lists them"))
      return nil
    }
    guard !rule.isNotNegotiable else {
      refuse(
        .notNegotiable, place,
        "\(rule.rawValue) can't \(change): \(rule.demand)")
      return nil
    }
    return rule
  }

  // MARK: Encryption

  private mutating func demands(_ value: YAMLValue?) -> [EncryptionDemand] {
    var taken: Set<ResourcePattern> = []
    return (list(value) ?? []).compactMap { element in
      guard let members = members(of: element, ["resources", "provider", "key", "lastWriteDays"]) else { return nil }
      let resources = resources(members["resources"])
      if members["resources"]?.isNull ?? true {
        refuse(.missingMember, element.place, "'resources' is missing: which resources is it about?")
      }
      let provider = provider(members["provider"], members["key"])
      let days = days(members["lastWriteDays"])
      if members["provider"] == nil, members["key"] == nil, members["lastWriteDays"] == nil {
        refuse(.missingMember, element.place, "nothing is demanded here: add 'provider' or 'lastWriteDays'")
      }
      for pattern in resources ?? [] where !taken.insert(pattern).inserted {
        refuse(
          .repeatedValue, members["resources"]?.place ?? element.place,
          "'\(pattern)' has an entry before, and the first one counts")
      }
      let limit = days.map { EncryptionDemand.Limit(days: $0, today: today) }
      return resources.map { EncryptionDemand(resources: $0, provider: provider, lastWrite: limit) }
    }
  }

  private mutating func provider(_ value: YAMLValue?, _ key: YAMLValue?) -> RequiredProvider? {
    let name = text(key).flatMap { $0.isEmpty ? nil : $0 }
    let providers: [(String, Provider)] = Provider.allCases.map { ($0.rawValue, $0) }
    guard let provider = choice(value, providers) else {
      if let key, !key.isNull, value?.isNull ?? true {
        refuse(.missingMember, key.place, "'key' needs 'provider' beside it")
      }
      return nil
    }
    return RequiredProvider(provider, name: name)
  }

  private static let mostDays: Int32 = 36_500

  private mutating func days(_ value: YAMLValue?) -> Int? {
    guard let value, !value.isNull, let number = integer(value) else { return nil }
    guard (1...Self.mostDays).contains(number) else {
      refuse(.invalidValue, value.place, "it must be a number of days from 1 to \(Self.mostDays)")
      return nil
    }
    return Int(number)
  }

  // MARK: Waivers

  private mutating func waivers(_ value: YAMLValue?) -> [PolicyWaiver] {
    (list(value) ?? []).compactMap { waiver($0) }
  }

  private mutating func waiver(_ element: YAMLValue) -> PolicyWaiver? {
    let names = ["rule", "key", "resource", "layer", "reason", "acceptedBy", "expires"]
    guard let members = members(of: element, names) else { return nil }
    let texts = ["rule", "reason", "acceptedBy", "expires"].map { required($0, members, element) }
    let rule = texts[0].flatMap { namedRule($0, members["rule"]?.place ?? element.place, change: "be waived") }
    let day = texts[3].flatMap { lastDay($0, members["expires"]?.place ?? element.place) }
    let key = glob(members["key"])
    let resource = text(members["resource"]).flatMap { name -> String? in
      guard !name.isEmpty, let place = members["resource"]?.place else { return nil }
      guard let pattern = pattern(name, place) else { return nil }
      if case .resource = pattern { return pattern.description }
      refuse(.invalidValue, place, "a waiver is about one resource: '\(pattern)' names several")
      return nil
    }
    let layer = layer(members["layer"])
    guard let rule, let reason = texts[1], let acceptedBy = texts[2], let day else { return nil }
    return PolicyWaiver(
      rule: rule, key: key, resource: resource, layer: layer, reason: reason, acceptedBy: acceptedBy, lastDay: day,
      today: today, line: element.place.line)
  }

  /// The text of the member `name`, which must be there, and say something.
  private mutating func required(_ name: String, _ members: [String: YAMLValue], _ element: YAMLValue) -> String? {
    guard let text = text(members[name]) else { return nil }
    guard text.contains(where: { !$0.isWhitespace }) else {
      refuse(.missingMember, members[name]?.place ?? element.place, "'\(name)' is missing: \(Self.purpose(of: name))")
      return nil
    }
    guard text.utf8.count <= Self.longestText else {
      refuse(.invalidValue, members[name]?.place ?? element.place, "it has more than \(Self.longestText) bytes")
      return nil
    }
    return text
  }

  private static let longestText = 1024

  private static func purpose(of name: String) -> String {
    switch name {
    case "rule": "which findings are accepted?"
    case "reason": "why is it accepted?"
    case "acceptedBy": "who accepts it?"
    default: "until when, as in 2027-03-31?"
    }
  }

  private mutating func lastDay(_ text: String, _ place: YAMLPlace) -> CalendarDay? {
    if let day = CalendarDay(text) { return day }
    refuse(
      .invalidValue, place, "\(QuotableText(text)) is no day: write the last one on which it holds, as in 2027-03-31")
    return nil
  }

  private mutating func glob(_ value: YAMLValue?) -> String? {
    guard let value, !value.isNull, let text = text(value) else { return nil }
    guard !text.isEmpty else {
      refuse(.invalidValue, value.place, "the key is empty: leave it out, and all findings of the rule are waived")
      return nil
    }
    guard KeyGlob(text) != nil else {
      refuse(.invalidValue, value.place, "the key has more than \(KeyGlob.maximumBytes) bytes")
      return nil
    }
    return text
  }

  // MARK: Values

  /// The value that the text stands for; nil where it is missing, or none of `choices`.
  private mutating func choice<Value>(_ value: YAMLValue?, _ choices: [(name: String, value: Value)]) -> Value? {
    guard let value, !value.isNull, let text = text(value) else { return nil }
    if let found = choices.first(where: { $0.name == text }) { return found.value }
    let names = choices.map(\.name).joined(separator: ", ")
    refuse(.invalidValue, value.place, "\(QuotableText(text)) is none of \(names)")
    return nil
  }

  private mutating func refuse(_ code: PolicyError.Code, _ place: YAMLPlace, _ reason: String) {
    errors.append(PolicyError(code, at: place, reason))
  }

  /// No: whoever reads a policy is to see at its place what holds.
  static var takesMergeKeys: Bool { false }

  /// See `YAMLMemberReader`.
  mutating func refuse(_ fault: YAMLFault) { errors.append(PolicyError(fault)) }

  /// See `YAMLMemberReader`.
  static func advice(onUnknown name: String?, among names: [String]) -> String {
    let lowercased = Dictionary(names.map { ($0.lowercased(), $0) }) { first, _ in first }
    let written = (name ?? "").filter { $0 != "-" && $0 != "_" }
    let meant = Spelling.nearest(to: written, among: Array(lowercased.keys), limit: 1).first.flatMap { lowercased[$0] }
    return meant.map { "; did you mean '\($0)'?" } ?? list(of: names)
  }
}

extension Rule {
  /// Whether no policy changes what comes of its findings: that a snapshot could not be read, that nothing was found, or that
  /// nothing was decrypted of what was to be.
  fileprivate var isNotNegotiable: Bool {
    [.nothingInScope, .nothingAuthenticated, .damagedPage, .hashMismatch].contains(self)
  }

  /// Why no policy changes that.
  fileprivate var demand: String {
    switch self {
    case .nothingInScope: "a snapshot in which nothing was found passes with --allow-empty alone"
    case .nothingAuthenticated: "a check that could decrypt nothing proves nothing; leave --authenticate out"
    default: "a snapshot that can't be read whole is not verified"
    }
  }
}
