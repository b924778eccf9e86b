import EtcdStorage

/// The newest values of a resource, and which of them the configuration's writer wrote.
struct NewestWrites {
  /// How many are looked at: one may have been put there by someone else.
  private static let capacity = 5

  private struct Write {
    var revision = Revision(main: 0, sub: 0)
    var isByWriter = false
  }

  /// The first ``count``; the newest last.
  private var writes = InlineArray<5, Write>(repeating: Write())
  private var count = 0

  /// Takes in a value.
  mutating func add(_ revision: Revision, isByWriter: Bool) {
    if count == Self.capacity {
      guard revision > writes[0].revision else { return }
      for position in 1..<count { writes[position - 1] = writes[position] }
    } else {
      count += 1
    }
    var position = count - 1
    while position > 0, writes[position - 1].revision > revision {
      writes[position] = writes[position - 1]
      position -= 1
    }
    writes[position] = Write(revision: revision, isByWriter: isByWriter)
  }

  /// Takes in those of `other`.
  mutating func add(_ other: NewestWrites) {
    for position in 0..<other.count {
      add(other.writes[position].revision, isByWriter: other.writes[position].isByWriter)
    }
  }

  /// Whether the newest value, and most of those before it, have another writer.
  var areByAnother: Bool {
    guard count > 0, !writes[count - 1].isByWriter else { return false }
    var others = 0
    for position in 0..<count where !writes[position].isByWriter { others += 1 }
    return others * 2 > count
  }
}
