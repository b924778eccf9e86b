import ByteViews

/// What the path of an object tells: its resource, and where in the etcd key its namespace and name lie.
///
/// An API server keeps an object at `<prefix>/<directory>/<namespace>/<name>`, without the namespace where the resource
/// has none (registry/generic/registry/store.go). Paths of fewer or more segments, which no API server writes, are read
/// too, so that they stay in scope. Ranges are byte offsets in the key.
public struct ResourcePath: Hashable, Sendable {
  /// The directory below the etcd prefix, which tells the resource.
  public enum Directory: Hashable, Sendable {
    /// Of a built-in resource.
    case builtIn(BuiltInResource.ID)
    /// Of a custom resource: its group, which has a dot, and its plural. Neither is empty.
    case custom(group: Range<Int>, plural: Range<Int>)
    /// Of the API server's own records, which are no objects and which no configuration encrypts: the first segment.
    case internalRecord(Range<Int>)
    /// Of no resource that is known: the first segment.
    case unknown(Range<Int>)
  }

  /// Which resource's directory it is.
  public let directory: Directory
  /// The segment after the directory; nil when no name follows it, or the resource is known to have no namespaces.
  /// Never empty.
  public let namespace: Range<Int>?
  /// All that follows, slashes included. Never empty.
  public let name: Range<Int>

  /// The path of `key` below the etcd prefix that its first `prefixBytes` bytes are; nil when no name follows a
  /// directory there. O(length), without allocation.
  public init?(key: RawSpan, prefixBytes: Int, tree: StorageTree) {
    guard prefixBytes >= 0, key.peek(at: prefixBytes) == EtcdPrefix.slash else { return nil }
    let start = prefixBytes + 1
    guard let end = key.offset(of: EtcdPrefix.slash, from: start) else { return nil }
    let first = start..<end

    switch ResourceDirectory.named(key, first, in: tree) {
    case .builtIn(let resource, let isNamespaced):
      self.init(.builtIn(resource), isNamespaced: isNamespaced, key: key, from: end + 1)
      return
    case .internalRecords:
      self.init(.internalRecord(first), isNamespaced: false, key: key, from: end + 1)
      return
    case .directories:
      let last = key.offset(of: EtcdPrefix.slash, from: end + 1) ?? key.byteCount
      if case .builtIn(let resource, let isNamespaced) = ResourceDirectory.named(key, start..<last, in: tree) {
        self.init(.builtIn(resource), isNamespaced: isNamespaced, key: key, from: last + 1)
        return
      }
    case nil:
      break
    }

    let isGroup = key.extracting(first).offset(of: UInt8(ascii: "."), from: 0) != nil
    if isGroup, key.peek(at: end + 1) != EtcdPrefix.slash {
      guard let last = key.offset(of: EtcdPrefix.slash, from: end + 1) else { return nil }
      self.init(.custom(group: first, plural: end + 1..<last), isNamespaced: true, key: key, from: last + 1)
    } else {
      self.init(.unknown(first), isNamespaced: true, key: key, from: end + 1)
    }
  }

  private init?(_ directory: Directory, isNamespaced: Bool, key: RawSpan, from start: Int) {
    guard start < key.byteCount else { return nil }
    self.directory = directory
    if isNamespaced, let slash = key.offset(of: EtcdPrefix.slash, from: start), start < slash,
      slash + 1 < key.byteCount
    {
      self.namespace = start..<slash
      self.name = slash + 1..<key.byteCount
    } else {
      self.namespace = nil
      self.name = start..<key.byteCount
    }
  }
}

// MARK: Names

extension ResourcePath {
  /// The resource in whose directory `key` lies, of which this is the path; nil when it is not known. Bytes that are not
  /// UTF-8 become U+FFFD. O(length).
  public func resource(in key: RawSpan) -> GroupResource? {
    switch directory {
    case .builtIn(let resource): BuiltInResource[resource].resource
    case .custom(let group, let plural): GroupResource(key.text(in: plural), group: key.text(in: group))
    case .internalRecord, .unknown: nil
    }
  }

  /// The directory in which an API server of `tree` keeps the objects of `resource`, without slashes at the ends; where
  /// no tree is said, one to which the resource belongs.
  ///
  /// Such as `services/specs`. That of a custom resource is `<group>/<plural>`, of an unknown one of the core group the
  /// plural.
  public static func directory(of resource: GroupResource, in tree: StorageTree? = nil) -> String {
    if let id = BuiltInResource.of(resource) {
      let builtIn = BuiltInResource[id]
      if builtIn.tree == tree ?? builtIn.tree { return builtIn.directory }
    }
    return resource.group.isEmpty ? resource.resource : "\(resource.group)/\(resource.resource)"
  }

  /// The key at which the API server of `prefix` keeps an object of `resource`; without a namespace, of an object that
  /// belongs to none.
  public static func key(
    below prefix: EtcdPrefix, of resource: GroupResource, namespace: String?, name: String
  ) -> [UInt8] {
    let directory = directory(of: resource, in: StorageTree(below: prefix))
    let segments = [directory] + (namespace.map { [$0] } ?? []) + [name]
    return prefix.bytes + segments.flatMap { [EtcdPrefix.slash] + $0.utf8 }
  }
}

extension RawSpan {
  /// The text that the bytes of `range` are.
  fileprivate func text(in range: Range<Int>) -> String {
    String(decoding: range.map { byte(at: $0) }, as: UTF8.self)
  }
}
