extension ResourceScope {
  /// The resource in scope whose object `object` says that it is; nil when that is none.
  ///
  /// Objects name a kind, configurations a plural. Of a resource that is not built in, the plural is the one of the scope
  /// that is formed of the kind as the API server's own conventions have it, or else that.
  public func resource(of object: ObjectRemnant) -> GroupResource? {
    if let builtIn = object.builtIn { return covers(builtIn) ? BuiltInResource[builtIn].resource : nil }
    let apiVersion = object.outline.apiVersion
    guard coversCustomResources, let slash = apiVersion.firstIndex(of: "/") else { return nil }
    let group = String(apiVersion[..<slash])
    let plurals = Self.plurals(of: object.outline.kind)
    for case .resource(let resource) in patterns where resource.group == group && plurals.contains(resource.resource) {
      return resource
    }
    guard coversAll || patterns.contains(.group(group)), let plural = plurals.first else { return nil }
    return GroupResource(plural, group: group)
  }

  /// What the plural of `kind` may be, the likeliest first (apimachinery pkg/api/meta/restmapper.go,
  /// UnsafeGuessKindToResource).
  private static func plurals(of kind: String) -> [String] {
    let singular = kind.lowercased()
    guard let last = singular.last else { return [] }
    let likeliest: String =
      switch last {
      case "s": singular + "es"
      case "y": String(singular.dropLast()) + "ies"
      default: singular + "s"
      }
    return [likeliest, singular + "s", singular + "es", singular]
  }
}
