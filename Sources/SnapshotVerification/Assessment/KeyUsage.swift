import EtcdStorage
import SnapshotInput
import SnapshotReading
import VerificationModel

/// How the values of one resource use one key.
struct KeyUsage: Sendable {
  private(set) var live = 0
  private(set) var history = 0
  /// Values that keys were found to open as what they must be.
  private(set) var authenticated = 0
  /// Of ``authenticated``, those that are live.
  private(set) var authenticatedLive = 0
  /// The newest value under the key.
  private(set) var newest = Revision(main: 0, sub: 0)
  /// The oldest value under the key.
  private(set) var oldest: Revision?
  /// A lower bound on the number of writes under the key: changes of the keys that are live, since their creation.
  private(set) var writes = 0

  /// Both together.
  func joined(with other: KeyUsage) -> KeyUsage {
    var sum = self
    sum.live += other.live
    sum.history += other.history
    sum.authenticated += other.authenticated
    sum.authenticatedLive += other.authenticatedLive
    sum.newest = max(newest, other.newest)
    sum.oldest = [oldest, other.oldest].compactMap(\.self).min()
    sum.writes += other.writes
    return sum
  }

  /// Counts one more value.
  mutating func add(_ candidate: Candidate, _ layer: Layer) {
    newest = max(newest, candidate.revision)
    if oldest.map({ candidate.revision < $0 }) ?? true { oldest = candidate.revision }
    if candidate.authenticity == .authentic { authenticated += 1 }
    if layer == .live {
      live += 1
      if candidate.authenticity == .authentic { authenticatedLive += 1 }
      writes += Int(candidate.version)
    } else {
      history += 1
    }
  }
}
