/// Names one resource or several, as an EncryptionConfiguration does in its lists of resources.
public enum ResourcePattern: Hashable, Sendable {
  /// One resource.
  case resource(GroupResource)
  /// Every resource of a group, empty for the core group.
  case group(String)
  /// Every resource.
  case all

  /// What an EncryptionConfiguration names by `text`: `secrets`, `certificates.cert-manager.io`, `*.` for the core
  /// group, `*.apps` for another, `*.*` for everything. The group begins after the first dot, so `secrets.` is
  /// `secrets`.
  ///
  /// Throws the first that applies of the errors, in the order of their codes.
  public init(_ text: String) throws(ResourcePatternError) {
    guard !text.isEmpty else { throw .empty }
    guard text == text.lowercased() else { throw .capitalLetter(in: text) }
    guard text != "*" else { throw .bareWildcard }
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let (resource, group) = (parts[0], parts.count > 1 ? parts[1] : "")
    switch (resource, group) {
    case ("*", "*"):
      self = .all
      return
    case (_, "*"):
      throw .acrossGroups(text, resource)
    case ("apiserveripinfo", ""), ("serviceipallocations", ""), ("servicenodeportallocations", ""):
      throw .noAPI(text)
    case (_, "events.k8s.io"):
      throw .eventsGroup(text)
    case (_, Self.removedGroup):
      throw .removedGroup(text, resource)
    default:
      guard resource == "*" || Self.isLabel(resource), group.isEmpty || Self.isSubdomain(group) else {
        throw .notAName(text)
      }
      self = resource == "*" ? .group(group) : .resource(GroupResource(resource, group: group))
    }
  }

  /// Whether it names `resource`.
  public func matches(_ resource: GroupResource) -> Bool {
    switch self {
    case .resource(let own): own == resource
    case .group(let group): group == resource.group
    case .all: true
    }
  }

  /// Once had many resources, which moved to other groups or went away; no configuration may name it.
  static let removedGroup = "extensions"

  /// What OpenShift encrypts once its cluster's APIServer says so (`spec.encryption`).
  public static let openShift: [ResourcePattern] = [
    .resource(GroupResource("secrets")),
    .resource(GroupResource("configmaps")),
    .resource(GroupResource("routes", group: "route.openshift.io")),
    .resource(GroupResource("oauthaccesstokens", group: "oauth.openshift.io")),
    .resource(GroupResource("oauthauthorizetokens", group: "oauth.openshift.io")),
  ]

  /// A label as in RFC 1123: the plural of a custom resource must be one, and those of built-in ones are.
  private static func isLabel(_ text: some StringProtocol) -> Bool {
    let bytes = text.utf8
    return (1...63).contains(bytes.count)
      && bytes.allSatisfy { $0.isLowercaseLetter || $0.isDigit || $0 == UInt8(ascii: "-") }
      && !text.hasPrefix("-") && !text.hasSuffix("-")
  }

  /// A subdomain as in RFC 1123, as the groups of custom resources must be.
  private static func isSubdomain(_ text: String) -> Bool {
    text.utf8.count <= 253 && text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy(isLabel)
  }
}

extension ResourcePattern: CustomStringConvertible {
  /// The text that names the same.
  public var description: String {
    switch self {
    case .resource(let resource): resource.description
    case .group(let group): "*.\(group)"
    case .all: "*.*"
    }
  }
}

// MARK: What to write instead

extension ResourcePatternError {
  fileprivate static var empty: ResourcePatternError {
    ResourcePatternError(
      .empty, "",
      "a resource has no name: write one such as 'secrets', 'certificates.cert-manager.io', '*.apps', or '*.*' for all")
  }

  fileprivate static func capitalLetter(in text: String) -> ResourcePatternError {
    let advice =
      switch try? ResourcePattern(text.lowercased()) {
      case .resource(let resource): "write '\(ResourceSuggestion.spellings(like: resource).first ?? resource)'"
      case .some(let pattern): "write '\(pattern)'"
      case nil: "resources and groups are named in lower case"
      }
    return ResourcePatternError(.capitalLetter, text, "'\(text)' has a capital letter: \(advice)")
  }

  fileprivate static var bareWildcard: ResourcePatternError {
    ResourcePatternError(
      .bareWildcard, "*", "'*' alone names no resources: write '*.*' for all of them, or '*.' for the core group's")
  }

  fileprivate static func acrossGroups(_ text: String, _ resource: String) -> ResourcePatternError {
    let advice = ResourcePatternError.places(of: resource) ?? "the group, such as '\(resource).example.com'"
    return ResourcePatternError(
      .acrossGroups, text, "'\(text)' would be one resource of every group, which can't be named: write \(advice)")
  }

  fileprivate static func noAPI(_ text: String) -> ResourcePatternError {
    ResourcePatternError(
      .noAPI, text, "'\(text)' are the API server's own records, which it never encrypts: leave them out")
  }

  fileprivate static func eventsGroup(_ text: String) -> ResourcePatternError {
    ResourcePatternError(.eventsGroup, text, "'\(text)' are stored as events of the core group: write 'events'")
  }

  fileprivate static func removedGroup(_ text: String, _ resource: String) -> ResourcePatternError {
    let advice = places(of: resource) ?? "the group that took its place, such as '*.apps' or '*.networking.k8s.io'"
    return ResourcePatternError(
      .removedGroup, text, "'\(text)' is of a group that Kubernetes no longer has: write \(advice)")
  }

  fileprivate static func notAName(_ text: String) -> ResourcePatternError {
    let advice =
      text.contains("/")
      ? "the group follows the plural and a dot, as in 'deployments.apps', and subresources are part of their resource"
      : "names are made of lower-case letters, digits and hyphens, as in 'certificates.cert-manager.io'"
    return ResourcePatternError(.notAName, text, "'\(text)' can't be the name of a resource: \(advice)")
  }

  /// The built-in resources of this plural, quoted.
  private static func places(of plural: String) -> String? {
    let places = BuiltInResource.all.map(\.resource).filter {
      $0.resource == plural && $0.group != ResourcePattern.removedGroup
    }
    return places.isEmpty ? nil : places.map { "'\($0)'" }.joined(separator: " or ")
  }
}
