import ByteViews
import EncryptionConfig
import EtcdStorage

/// Names taken from values (of encryption keys, KMS plugins, KMS key ids), each kept once as it may be shown: of what does
/// not look like a name, a digest.
///
/// At most ``capacity`` names are kept: a hostile file can carry a new one in every value.
package struct NameTable: Sendable {
  /// The most names that are kept.
  package static let capacity = 4096

  /// A name's number, from 1.
  package typealias ID = UInt16

  private let digests = KeyDigest.Maker()
  private var ids: [KeyDigest: ID] = [:]
  private var names: [String] = []

  /// The number of the name with these UTF-8 bytes; nil when the table is full. Allocates nothing for a known name.
  package mutating func intern(_ bytes: RawSpan) -> ID? {
    let digest = digests.digest(of: bytes)
    if let id = ids[digest] { return id }
    guard names.count < Self.capacity else { return nil }
    names.append(KeyLabel(bytes: EtcdKey(copying: bytes).bytes).description)
    let id = ID(names.count)
    ids[digest] = id
    return id
  }

  /// How many names there are.
  package var count: Int { names.count }

  /// Whether new names are no longer kept.
  package var isFull: Bool { names.count == Self.capacity }

  /// Takes over the names of `other`, which was copied from the same empty table; answers what the numbers of `other`
  /// are here, 0 for one for which there is no room.
  package mutating func join(_ other: NameTable) -> [ID] {
    var numbers = Array(repeating: ID(0), count: other.names.count + 1)
    for (digest, id) in other.ids.sorted(by: { $0.value < $1.value }) {
      if let known = ids[digest] {
        numbers[Int(id)] = known
      } else if !isFull {
        names.append(other[id])
        numbers[Int(id)] = ID(names.count)
        ids[digest] = ID(names.count)
      }
    }
    return numbers
  }

  /// The name with this number, or what stands for it.
  package subscript(_ id: ID) -> String { names[Int(id) - 1] }
}
