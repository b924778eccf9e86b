import ByteViews

/// What speaks for an etcd prefix being that of an API server, from least to most.
public enum PrefixEvidence: UInt8, Comparable, Sendable {
  /// At most keys `<prefix>/secrets/<name>`: what any object in a namespace called "secrets" looks like; and keys of
  /// resources that are not built in, or that belong to no namespace.
  case none
  /// A key such as `<prefix>/secrets/<namespace>/<name>`, whatever its value.
  case path
  /// Such a key, or `<prefix>/secrets/<cluster>/<namespace>/<name>` as kcp has them, whose value an API server wrote.
  case value
  /// The key of a system namespace.
  case namespace

  /// Whether `left` says less than `right`.
  public static func < (left: PrefixEvidence, right: PrefixEvidence) -> Bool { left.rawValue < right.rawValue }

  /// What a row of this path says for the prefix.
  init(_ path: ResourcePath, key: RawSpan, value: RawSpan) {
    guard case .builtIn(let resource) = path.directory, path.namespace != nil else {
      self = .none
      return
    }
    self = Self.isWhole(key.extracting(path.name)) && Self.isWritten(value, of: resource) ? .value : .path
  }

  /// Whether what follows the first segment behind a resource's directory is a name, or a namespace and a name.
  private static func isWhole(_ name: RawSpan) -> Bool {
    guard let slash = name.offset(of: EtcdPrefix.slash, from: 0) else { return true }
    return slash > 0 && slash + 1 < name.byteCount && name.offset(of: EtcdPrefix.slash, from: slash + 1) == nil
  }

  /// How much of a value is looked at.
  private static let searchedBytes = 4096

  /// Whether an API server wrote `value`: encrypted (`k8s:enc:`), a protobuf object (`k8s\0`), or an object of
  /// `resource` in another encoding.
  private static func isWritten(_ value: RawSpan, of resource: BuiltInResource.ID) -> Bool {
    value.holds("k8s", at: 0) || ObjectHead(of: value.extracting(first: searchedBytes))?.builtIn == resource
  }
}
