import KubernetesStorage

/// A resource, or several, as an entry names it.
public struct ConfiguredResource: Hashable, Sendable {
  /// As it is written, such as `*.apps` or `secrets.`.
  public let text: String
  /// What the API server understands by it. One that knows no wildcards takes them for the plural of a resource.
  public let pattern: ResourcePattern
  /// Where it stands.
  public let place: ConfigurationPlace

  /// Whether an API server that knows wildcards would see one.
  public var isWildcard: Bool { text.hasPrefix("*.") }

  init(_ text: String, for server: APIServerSettings, at place: ConfigurationPlace) {
    self.text = text
    self.place = place
    let resource = GroupResource(parsing: text)
    if server.knowsWildcards, resource.resource == "*" {
      pattern = resource.group == "*" ? .all : .group(resource.group)
    } else {
      pattern = .resource(resource)
    }
  }
}

extension GroupResource {
  /// Any text as the API server splits it: the group begins after the first dot (apimachinery
  /// pkg/runtime/schema/group_version.go, ParseGroupResource).
  init(parsing text: String) {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    self.init(parts.first ?? "", group: parts.count > 1 ? parts[1] : "")
  }
}
