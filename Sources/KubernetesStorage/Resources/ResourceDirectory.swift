/// What a directory below an etcd prefix holds, as far as its name is fixed.
enum ResourceDirectory: BitwiseCopyable, Sendable {
  /// The objects of a built-in resource.
  case builtIn(BuiltInResource.ID, isNamespaced: Bool)
  /// What an API server notes for itself: allocated addresses and ports, and the leases of its peers.
  case internalRecords
  /// Other directories with fixed names.
  case directories

  /// What the path in `range` of `bytes`, of one segment or two, names in `tree`; nil when it is no fixed name. O(1),
  /// without allocation.
  static func named(_ bytes: RawSpan, _ range: Range<Int>, in tree: StorageTree) -> ResourceDirectory? {
    switch tree {
    case .kubernetes: kubernetes[bytes, range]
    case .openShift: openShift[bytes, range]
    }
  }

  /// Whether `segment` is a directory right below the prefix of a kube-apiserver: of a built-in resource, of the API
  /// server's own records, or of the custom resources of a group, whose name always has a dot. O(length).
  static func isName(_ segment: ArraySlice<UInt8>) -> Bool {
    if segment.contains(UInt8(ascii: ".")) { return true }
    // Sound: nothing is kept of the borrowed bytes.
    return named(unsafe segment.span.bytes, 0..<segment.count, in: .kubernetes) != nil
  }

  private static let kubernetes = FixedNameTable(
    names(in: .kubernetes)
      // pkg/registry/core/rest, pkg/controlplane/reconcilers, and the check of etcd's health.
      + ["health", "masterleases", "peerserverleases", "ranges"].map { ($0, .internalRecords) })
  private static let openShift = FixedNameTable(names(in: .openShift))

  /// The directories of the built-in resources, and those that hold some of them.
  private static func names(in tree: StorageTree) -> [(String, ResourceDirectory)] {
    BuiltInResource.all.enumerated().filter { $0.element.tree == tree }.flatMap { index, resource in
      let parents = resource.directory.split(separator: "/").dropLast()
      return [(resource.directory, .builtIn(BuiltInResource.ID(index), isNamespaced: resource.isNamespaced))]
        + parents.map { (String($0), ResourceDirectory.directories) }
    }
  }
}
