/// Where in an etcd key the namespace and the name of a core Secret lie; ranges are byte offsets in the key.
///
/// Core Secrets are kept at `<prefix>/secrets/<namespace>/<name>` (kube-apiserver, registry/generic/registry/store.go).
/// Paths of fewer or more segments, which no API server writes, are read too, so that they stay in scope.
public struct SecretPath: Hashable, Sendable {
  /// The segment after `/secrets/`; nil when it is not followed by a name. Never empty.
  public let namespace: Range<Int>?
  /// What follows the namespace, slashes included. Never empty.
  public let name: Range<Int>

  /// The path of `key` below the etcd prefix that its first `prefixBytes` bytes are; nil when that is not a path of
  /// core Secrets. O(length).
  public init?(key: RawSpan, prefixBytes: Int) {
    guard (0...key.byteCount).contains(prefixBytes), key.holds(Self.directory, at: prefixBytes) else { return nil }
    let start = prefixBytes + Self.directory.utf8CodeUnitCount
    let end = key.byteCount
    guard start < end else { return nil }
    if let slash = key.offset(of: EtcdPrefix.slash, from: start), start < slash, slash + 1 < end {
      self.namespace = start..<slash
      self.name = slash + 1..<end
    } else {
      self.namespace = nil
      self.name = start..<end
    }
  }
}

extension SecretPath {
  /// Core Secrets live in the directory of their lower-case plural, without group and version.
  private static let directory: StaticString = "/secrets/"
  /// `secrets/`, as `RawSpan.word(at:)` reads it.
  private static let directoryWord: UInt64 = 0x2F73_7465_7263_6573

  /// The length of the shortest prefix, of `shortest` to `longest` bytes, below which `key` is the path of a Secret.
  static func prefixBytes(of key: RawSpan, from shortest: Int, through longest: Int) -> Int? {
    // At least one byte of a name must follow.
    let end = min(longest, key.byteCount - directory.utf8CodeUnitCount - 1) + 1
    guard shortest < end else { return nil }
    let head = key.extracting(first: end)
    var start = shortest
    while let slash = head.offset(of: EtcdPrefix.slash, from: start) {
      if key.word(at: slash + 1) == directoryWord { return slash }
      start = slash + 1
    }
    return nil
  }
}
