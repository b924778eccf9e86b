import ByteViews

/// A resource that an API server brings along, and where in etcd its objects lie.
///
/// Kubernetes' own test of storage paths (test/integration/etcd/data.go), with the special prefixes of
/// pkg/kubeapiserver/default_storage_factory_builder.go; for OpenShift test/extended/etcd/etcd_storage_path.go.
public struct BuiltInResource: Hashable, Sendable {
  /// The group and plural under which a configuration names it.
  public let resource: GroupResource
  /// The singular that its objects have as `kind`, such as `Secret`.
  public let kind: String
  /// Whether each object belongs to a namespace.
  public let isNamespaced: Bool
  /// Where its objects lie below the etcd prefix, without slashes at the ends: `secrets`, `services/specs`.
  public let directory: String
  /// The API server whose etcd prefix that is.
  public let tree: StorageTree
  /// Other groups that its objects in the same directory may name: earlier homes of the resource, and groups that serve
  /// it too.
  public let formerGroups: [String]
}

extension BuiltInResource {
  /// Stands for one of `all`.
  @frozen
  public struct ID: Hashable, Sendable {
    @usableFromInline
    let number: UInt8

    init(_ index: Int) {
      self.number = UInt8(index)
    }

    /// The position in `all`.
    @inlinable
    public var index: Int { Int(number) }
  }

  /// Every one of them, also those that Kubernetes has given up but old stores still hold.
  public static let all = kubernetes + openShift

  /// The resource of this id. O(1).
  public static subscript(id: ID) -> BuiltInResource { all[id.index] }

  /// The id of the resource of this name; nil of a custom resource, and of the resource's former groups. O(1).
  public static func of(_ resource: GroupResource) -> ID? { idsByName[resource] }

  /// The resources of `group`, in the order of `all`; none when it is no built-in group.
  public static func ids(ofGroup group: String) -> [ID] {
    all.indices.lazy.filter { all[$0].resource.group == group }.map(ID.init)
  }

  /// Whether `group`, empty for the core group, has built-in resources.
  public static func isBuiltInGroup(_ group: String) -> Bool { all.contains { $0.resource.group == group } }

  private static let idsByName = Dictionary(
    uniqueKeysWithValues: all.indices.map { (all[$0].resource, ID($0)) })
}

// MARK: Kinds

extension BuiltInResource {
  /// The resource whose objects, or lists of them, have this group, empty for the core group, and kind; former groups
  /// count. O(1), without allocation.
  ///
  /// A list is named after its items (`SecretList`). API servers answer with lists, and store none.
  public static func of(group: RawSpan, kind: RawSpan) -> ID? {
    let itemBytes = kind.byteCount - 4
    let item = itemBytes > 0 && kind.holds("List", at: itemBytes) ? itemBytes : kind.byteCount
    guard let home = homes[kind, 0..<kind.byteCount] ?? homes[kind, 0..<item] else { return nil }
    // The core group has no name, and so the first number.
    guard let number = group.isEmpty ? 0 : groups[group, 0..<group.byteCount] else { return nil }
    return home.groups & 1 << UInt64(number) != 0 ? home.id : nil
  }

  /// The resource whose objects have this group, empty for the core group, and kind; former groups count. O(1).
  static func of(group: String, kind: String) -> ID? {
    let group = Array(group.utf8)
    let kind = Array(kind.utf8)
    return of(group: group.rawSpan, kind: kind.rawSpan)
  }

  /// Which resource has a kind, and the numbers of the groups that its objects may name: one bit for each.
  private struct Home: BitwiseCopyable {
    let id: ID
    let groups: UInt64
  }

  private static let groupNames = Set(all.flatMap(\.allGroups)).sorted()
  private static let groups = FixedNameTable(groupNames.enumerated().map { ($0.element, UInt8($0.offset)) })

  /// No two built-in resources have objects of one kind.
  private static let homes = FixedNameTable(
    all.enumerated().map { index, resource in
      let groups = resource.allGroups.compactMap(groupNames.firstIndex).reduce(0 as UInt64) { $0 | 1 << UInt64($1) }
      return (resource.kind, Home(id: ID(index), groups: groups))
    })

  private var allGroups: [String] { [resource.group] + formerGroups }
}

// MARK: Writing the table

extension BuiltInResource {
  /// A resource whose group is yet to be said.
  struct Row {
    let plural: String
    let kind: String
    let isNamespaced: Bool
    let directory: String
    let formerGroups: [String]

    /// A resource of the scope given; its directory is the plural unless said otherwise.
    private init(_ plural: String, _ kind: String, _ isNamespaced: Bool, _ directory: String?, _ former: [String]) {
      self.plural = plural
      self.kind = kind
      self.isNamespaced = isNamespaced
      self.directory = directory ?? plural
      self.formerGroups = former
    }

    static func namespaced(
      _ plural: String, _ kind: String, in directory: String? = nil, formerly formerGroups: String...
    ) -> Row {
      Row(plural, kind, true, directory, formerGroups)
    }

    static func cluster(
      _ plural: String, _ kind: String, in directory: String? = nil, formerly formerGroups: String...
    ) -> Row {
      Row(plural, kind, false, directory, formerGroups)
    }
  }

  /// The resources of one group.
  static func group(_ group: String, _ tree: StorageTree, _ rows: [Row]) -> [BuiltInResource] {
    rows.map { row in
      BuiltInResource(
        resource: GroupResource(row.plural, group: group), kind: row.kind, isNamespaced: row.isNamespaced,
        directory: row.directory, tree: tree, formerGroups: row.formerGroups)
    }
  }
}
