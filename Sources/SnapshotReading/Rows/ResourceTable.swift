import ByteViews
import EtcdStorage
import KubernetesStorage

/// The resources whose rows were met, each kept once.
///
/// At most ``capacity`` are told apart: a hostile file can name a new one in every key. The others share one entry.
package struct ResourceTable: Sendable {
  /// A resource's number.
  package typealias ID = UInt16
  /// The most resources that are not built in.
  package static let capacity = 4096

  /// The entry of keys in no resource's directory.
  static let unrelated = ID(BuiltInResource.all.count)
  /// The entry of the resources beyond ``capacity``.
  private static let others = unrelated + 1

  private let digests = KeyDigest.Maker()
  private var ids: [KeyDigest: ID] = [:]
  private var entries = Self.fixedEntries
  /// The entries that are resources, by name.
  private var idsByName = Self.builtInIDs

  private static let fixedEntries =
    BuiltInResource.all.map(StoredResource.init)
    + [StoredResource(.other, named: ""), StoredResource(.other, named: "(other resources)")]

  private static let builtInIDs = Dictionary(
    uniqueKeysWithValues: BuiltInResource.all.indices.map { (fixedEntries[$0].name, ID($0)) })

  /// The resource in whose directory `key` lies, as `path` has it. Allocates nothing for one that is known.
  package mutating func intern(_ path: ResourcePath, of key: RawSpan) -> ID {
    let directory: Range<Int>
    switch path.directory {
    case .builtIn(let resource): return ID(resource.index)
    case .custom(let group, let plural): directory = group.lowerBound..<plural.upperBound
    case .internalRecord(let range), .unknown(let range): directory = range
    }
    let digest = digests.digest(of: key.extracting(directory))
    return ids[digest] ?? add(StoredResource(path, of: key), digest)
  }

  /// The entry of a key that lies below no prefix: its first segment.
  package mutating func intern(unrelated key: RawSpan) -> ID {
    let segment = key.extracting(first: key.firstSegmentBytes)
    let digest = digests.digest(of: segment)
    if let id = ids[digest] { return id }
    guard segment.looksLikeDirectory else { return Self.others }
    return add(StoredResource(.other, named: String(decoding: EtcdKey(copying: segment).bytes, as: UTF8.self)), digest)
  }

  /// The numbers of all resources.
  package var numbers: [ID] { entries.indices.map { ID($0) } }

  /// The resource with this number.
  package subscript(_ id: ID) -> StoredResource { entries[Int(id)] }

  /// How many there are, those that are built in among them.
  package var count: Int { entries.count }

  /// Whether resources are no longer told apart.
  package var isFull: Bool { ids.count == Self.capacity }

  /// Takes over the resources of `other`, which was copied from the same empty table; answers what the numbers of `other`
  /// are here.
  package mutating func join(_ other: ResourceTable) -> [ID] {
    var numbers = other.entries.indices.map { ID($0) }
    for (digest, id) in other.ids.sorted(by: { $0.value < $1.value }) {
      numbers[Int(id)] = ids[digest] ?? add(other[id], digest)
    }
    return numbers
  }

  /// Several directories may go by one name, such as `services/specs` and whatever else lies in `services`: they are the
  /// same resource.
  private mutating func add(_ resource: StoredResource, _ digest: KeyDigest) -> ID {
    let isResource = resource.groupResource != nil
    let known = isResource ? idsByName[resource.name] : nil
    guard ids.count < Self.capacity else { return known ?? Self.others }
    let id = known ?? ID(entries.count)
    ids[digest] = id
    if known == nil {
      entries.append(resource)
      if isResource { idsByName[resource.name] = id }
    }
    return id
  }
}

extension RawSpan {
  /// Whether this is no more than the name of a directory: who hides an object in an etcd key must not have it printed.
  fileprivate var looksLikeDirectory: Bool {
    guard byteCount <= 100 else { return false }
    for offset in 0..<byteCount {
      switch byte(at: offset) {
      case 0..<0x21, 0x7F, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: ":"), UInt8(ascii: "{"),
        UInt8(ascii: "}"):
        return false
      default: break
      }
    }
    return true
  }

  /// Bytes up to the second slash of a key that begins with one, or the first of one that doesn't.
  fileprivate var firstSegmentBytes: Int {
    var end = min(1, byteCount)
    while end < byteCount, byte(at: end) != UInt8(ascii: "/") { end += 1 }
    return end
  }
}
