import EtcdStorage
import VerificationModel

/// Looks for the one object that a name means, and for names that are like it.
struct ObjectSearch {
  private let name: String
  private let bytes: [UInt8]
  private let hasEscapes: Bool
  private let cluster: String?
  private var found: [CaseTimeline] = []
  private var choices: [String] = []
  private var near: [(distance: Int, name: String)] = []

  init(_ name: String, cluster: String?) {
    self.name = name
    self.cluster = cluster
    bytes = Array(name.utf8)
    hasEscapes = bytes.contains(UInt8(ascii: "%"))
  }

  /// Looks whether the next object is meant.
  mutating func take(_ seen: SeenObject, _ contents: CaseContents) {
    guard let key = seen.key, cluster == nil || cluster == seen.cluster.name, mayBeMeant(key.bytes) else { return }
    let object = seen.object(contents.places)
    guard Self.name(of: object) == name || key.description == name else { return }
    choices.append("\(object.cluster):\(key)")
    if found.isEmpty { found.append(CaseTimeline(seen, contents)) }
  }

  /// Whether a key ends with the name. One with `%` may stand for other bytes.
  private func mayBeMeant(_ key: [UInt8]) -> Bool {
    hasEscapes || key.count >= bytes.count && key.suffix(bytes.count).elementsEqual(bytes)
  }

  private static func name(of object: CaseObject) -> String? {
    object.name.map { name in object.namespace.map { "\($0)/\(name)" } ?? name }
  }

  /// Whether no object was meant: then names that are like it are looked for.
  var needsSuggestions: Bool { found.isEmpty }

  /// Looks whether the name of the next object is like it.
  mutating func takeNear(_ seen: SeenObject, _ contents: CaseContents) {
    guard seen.key != nil, cluster == nil || cluster == seen.cluster.name else { return }
    let object = seen.object(contents.places)
    takeNear(Self.name(of: object) ?? object.key?.description ?? "")
  }

  /// Objects of the same name in other namespaces, whose names begin so, or differ by few letters.
  private mutating func takeNear(_ other: String) {
    let (own, others) = (Self.last(name), Self.last(other))
    let distance: Int
    if own.elementsEqual(others) {
      distance = 1
    } else if own.count >= 3, others.starts(with: own) {
      distance = 2
    } else {
      guard abs(own.count - others.count) <= 2 else { return }
      distance = Self.distance(Array(own), Array(others), limit: 2) + 1
    }
    guard distance <= 3 else { return }
    near.append((distance, other))
    if near.count > 64 { prune() }
  }

  private mutating func prune() { near = Array(near.sorted { $0 < $1 }.prefix(3)) }

  private static func last(_ name: String) -> Substring.UTF8View {
    (name.split(separator: "/", omittingEmptySubsequences: false).last ?? "").utf8
  }

  /// Letters to change, to add or to take out; more than `limit`: so many and one.
  private static func distance(_ one: [UInt8], _ other: [UInt8], limit: Int) -> Int {
    guard one.count <= 256, other.count <= 256 else { return limit + 1 }
    var row = Array(0...other.count)
    for (index, byte) in one.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      var least = row[0]
      for column in other.indices {
        let change = min(row[column + 1] + 1, row[column] + 1, diagonal + (byte == other[column] ? 0 : 1))
        diagonal = row[column + 1]
        row[column + 1] = change
        least = min(least, change)
      }
      if least > limit { return limit + 1 }
    }
    return min(row[other.count], limit + 1)
  }

  /// Names that are like it.
  var suggestions: [String] { near.sorted { $0 < $1 }.prefix(3).map(\.name) }

  func answer() throws(CaseError) -> CaseTimeline {
    guard let one = found.first else { throw .unknownObject(name, suggestions: suggestions) }
    guard choices.count == 1 else { throw .ambiguousObject(name, choices: choices) }
    return one
  }
}
