import EtcdStorage
import SnapshotInput

/// An object of which plaintext can be read from a file, in whatever layers it lies.
public struct Exposure: Hashable, Sendable {
  /// The group resource, such as `secrets`; nil where it is not known.
  public let resource: String?
  /// The etcd key; nil of an object whose row is gone.
  public let key: EtcdKey?
  /// The namespace; nil of a cluster-scoped object.
  public let namespace: String?
  /// The object's name.
  public let name: String
  /// The type of a Secret, of its newest revision that can be read; nil of other objects.
  public let type: String?
  /// The names of a Secret's data in all revisions that can be read, the newest one's first.
  public let dataKeys: [String]
  /// Where it can be read.
  public let layers: [Layer]
  /// Whether it can be read in a part of the file in which etcd keeps no objects.
  public let isElsewhere: Bool
  /// The main revision of the oldest value that can be read; nil where no row tells it.
  public let firstRevision: Int64?
  /// The main revision of the newest value that can be read; nil where no row tells it.
  public let lastRevision: Int64?

  /// An object by what is told of it.
  public init(
    resource: String?, key: EtcdKey? = nil, namespace: String?, name: String, type: String? = nil,
    dataKeys: [String] = [], layers: [Layer], isElsewhere: Bool = false, firstRevision: Int64? = nil,
    lastRevision: Int64? = nil
  ) {
    self.resource = resource
    self.key = key
    self.namespace = namespace
    self.name = name
    self.type = type
    self.dataKeys = dataKeys
    self.layers = layers
    self.isElsewhere = isElsewhere
    self.firstRevision = firstRevision
    self.lastRevision = lastRevision
  }
}

/// The objects that can be read from one file.
public struct ExposureList: Hashable, Sendable {
  /// By namespace, resource and name.
  public var objects: [Exposure] = []
  /// The exact number of objects, listed or not.
  public var count = 0
  /// Parts of objects, in free pages or where etcd keeps no objects, that could not be told apart, and are not counted.
  public var fragments = 0

  /// An empty list.
  public init() {}

  /// Objects beyond those listed: their names could not be kept, or `--max-findings` was reached.
  public var omitted: Int { max(0, count - objects.count) }
  /// Distinct namespaces of the objects listed.
  public var namespaces: Int { Set(objects.compactMap(\.namespace)).count }
}
