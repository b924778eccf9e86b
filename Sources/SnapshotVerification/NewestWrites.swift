import EtcdStorage

/// The newest values of a resource, and which of them the configuration's writer wrote.
struct NewestWrites {
  /// How many are looked at: one may have been put there by someone else.
  private static let capacity = 5

  /// The newest last.
  private var writes: [(revision: Revision, isByWriter: Bool)] = []

  /// Takes in a value.
  mutating func add(_ revision: Revision, isByWriter: Bool) {
    if writes.count == Self.capacity {
      guard revision > writes[0].revision else { return }
      writes.removeFirst()
    }
    let place = writes.firstIndex { $0.revision > revision } ?? writes.count
    writes.insert((revision, isByWriter), at: place)
  }

  /// Whether the newest value, and most of those before it, have another writer.
  var areByAnother: Bool {
    guard let newest = writes.last, !newest.isByWriter else { return false }
    return writes.count { !$0.isByWriter } * 2 > writes.count
  }
}
