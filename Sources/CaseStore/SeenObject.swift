import ByteViews
import EtcdStorage
import KubernetesStorage
import VerificationModel

/// An object, and every value of it that any snapshot of its cluster has.
struct SeenObject {
  let cluster: ClusterRecord
  /// nil where it is not known.
  let key: EtcdKey?
  /// By revision; those without one come last.
  var values: [SeenValue]

  /// Brings what snapshots tell of one row together, and all in an order that does not depend on how they were taken in.
  mutating func settle(_ encryptions: [UInt32: StoredRow.Encryption]) {
    guard values.count > 1 else { return }
    joinRows()
    values.sort { left, right in
      let (one, other) = (left.revision, right.revision)
      if one != other {
        guard let one else { return false }
        guard let other else { return true }
        return one < other
      }
      if left.valueClass != right.valueClass { return left.valueClass.code < right.valueClass.code }
      if left.encryption != right.encryption {
        return Self.order(encryptions[left.encryption]).lexicographicallyPrecedes(
          Self.order(encryptions[right.encryption]))
      }
      if left.valueBytes != right.valueBytes { return left.valueBytes < right.valueBytes }
      if left.authenticity != right.authenticity { return left.authenticity < right.authenticity }
      if left.spans != right.spans {
        return left.spans.lexicographicallyPrecedes(right.spans) {
          ($0.first, $0.last, $0.layers.rawValue) < ($1.first, $1.last, $1.layers.rawValue)
        }
      }
      return left.contents < right.contents
    }
  }

  private static func order(_ encryption: StoredRow.Encryption?) -> [String] {
    guard let encryption else { return [] }
    return [encryption.provider.rawValue, encryption.keyName ?? "", encryption.keyID ?? ""]
  }

  /// Values lie by revision, so that those of one row follow each other. Rows whose contents are known to differ stay apart.
  private mutating func joinRows() {
    var joined: [SeenValue] = []
    var start = 0
    while start < values.count {
      var end = start + 1
      while end < values.count, values[start].revision != nil, values[end].revision == values[start].revision {
        end += 1
      }
      var group = Array(values[start..<end])
      if group.count > 1 { Self.join(&group) }
      joined += group
      start = end
    }
    values = joined
  }

  private static func join(_ group: inout [SeenValue]) {
    var joined: [SeenValue] = []
    for value in group {
      let same = group.filter { $0.isSameRow(as: value) }
      let known = Set(same.map(\.contents).filter { $0 != .none })
      if known.count <= 1, let place = joined.firstIndex(where: { $0.isSameRow(as: value) }) {
        joined[place].join(value)
      } else {
        joined.append(value)
      }
    }
    group = joined
  }

  // MARK: What it is

  /// What is known of it: its key, and its name by that.
  func object(_ places: [UInt32: RowPlace]) -> CaseObject {
    let known = values.compactMap { places[$0.place] }
    let resource = known.lazy.compactMap(\.resource).first
    guard let key else {
      return CaseObject(cluster: cluster.name, key: nil, resource: resource, namespace: nil, name: nil)
    }
    let prefix = known.lazy.compactMap(\.prefix).first ?? Self.defaultPrefix
    let path =
      key.bytes.starts(with: prefix.bytes)
      ? ResourcePath(key: key.bytes.rawSpan, prefixBytes: prefix.bytes.count, tree: StorageTree(below: prefix)) : nil
    func text(_ range: Range<Int>?) -> String? { range.map { Self.text(key.bytes[$0]) } }
    return CaseObject(
      cluster: cluster.name, key: key, resource: resource, namespace: text(path?.namespace), name: text(path?.name))
  }

  /// Part of a key, as keys are shown.
  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    let isPlain = bytes.allSatisfy { (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "%") }
    return isPlain ? String(decoding: bytes, as: UTF8.self) : EtcdKey(bytes: Array(bytes)).description
  }

  private static let defaultPrefix = EtcdPrefix("/registry")

  /// The value that a snapshot has in use: of several, which only a forged store has, the newest.
  func live(in number: Int) -> SeenValue? {
    values.last { $0.revision != nil && $0.layers(in: number).contains(.live) }
  }

  /// The layers of a snapshot in which plaintext of it can be read.
  func exposure(in number: Int) -> LayerSet {
    values.reduce(into: []) { layers, value in
      if value.valueClass == .plaintext { layers.formUnion(value.layers(in: number)) }
    }
  }
}
