extension ResourcePattern {
  /// Why it can't be right, whatever a snapshot holds: a resource that is not built in is a custom one, and the group of that
  /// has a dot. nil where nothing is wrong.
  package var mistake: String? {
    switch self {
    case .resource(let resource) where BuiltInResource.of(resource) == nil:
      BuiltInResource.isBuiltInGroup(resource.group) || !resource.group.contains(".")
        ? ResourceSuggestion.unknown(resource, among: []) : nil
    case .group(let group) where !BuiltInResource.isBuiltInGroup(group) && !group.contains("."):
      "unknown API group '\(group)' in '\(self)': it is not built into Kubernetes, and the group of a custom "
        + "resource has a dot"
    default: nil
    }
  }
}

extension ResourceSuggestion {
  /// That there is no such resource, with likely spellings among those that there are, `defined` ones among them.
  package static func unknown(_ resource: GroupResource, among defined: [GroupResource]) -> String {
    let spellings = spellings(like: resource, custom: defined).map { "'\($0)'" }
    let fact =
      BuiltInResource.isBuiltInGroup(resource.group)
      ? "it is not built into Kubernetes"
      : "no CustomResourceDefinition that can be read, and no key, names it"
    return "unknown resource '\(resource)': \(fact)"
      + (spellings.isEmpty ? "" : "; did you mean \(spellings.joined(separator: " or "))?")
  }
}
