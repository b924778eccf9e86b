import ByteViews

extension ObjectOutline {
  /// The etcd key at which the API server that owns `key`, of the path given, would keep this object; nil when the object
  /// does not tell.
  ///
  /// A custom resource does not name its directory: that of `key` is taken if the group is the same.
  public func home(beside key: RawSpan, _ path: ResourcePath, prefixBytes: Int) -> [UInt8]? {
    guard !name.isEmpty else { return nil }
    let prefix = EtcdPrefix(bytes: (0..<prefixBytes).map { key.byte(at: $0) })
    guard let resource = resource(beside: key, path) else { return nil }
    return ResourcePath.key(
      below: prefix, of: resource, namespace: namespace.isEmpty ? nil : namespace, name: name)
  }

  private func resource(beside key: RawSpan, _ path: ResourcePath) -> GroupResource? {
    let parts = apiVersion.split(separator: "/", omittingEmptySubsequences: false)
    let group = Array((parts.count > 1 ? parts[0] : "").utf8)
    let kind = Array(kind.utf8)
    // Sound: nothing is kept of the borrowed bytes.
    if let builtIn = unsafe BuiltInResource.of(group: group.span.bytes, kind: kind.span.bytes) {
      return BuiltInResource[builtIn].resource
    }
    guard let resource = path.resource(in: key), Array(resource.group.utf8) == group else { return nil }
    return resource
  }
}
