import EtcdStorage
import VerificationModel

/// Where moved values come from, by where their rows lie; kept as long as there is room.
package struct MovedOrigins: Sendable {
  /// Bytes of keys that are kept.
  static let budget = 4 << 20

  private var origins: [UInt64: Judgement.Origin] = [:]
  private var bytes = 0

  /// Keeps the origin of the row whose message starts at `offset`, if there is room.
  package mutating func keep(_ origin: Judgement.Origin, at offset: UInt64) {
    var cost = 64
    if case .key(let key) = origin { cost += key.bytes.count }
    guard bytes + cost <= Self.budget else { return }
    bytes += cost
    origins[offset] = origin
  }

  /// Takes over the origins of `other`, in the order of the file as far as there is room.
  package mutating func join(_ other: MovedOrigins) {
    for (offset, origin) in other.origins.sorted(by: { $0.key < $1.key }) { keep(origin, at: offset) }
  }

  /// Where the row whose message starts at `offset` comes from; nil when it is not known.
  package subscript(offset: UInt64) -> Judgement.Origin? { origins[offset] }
}
