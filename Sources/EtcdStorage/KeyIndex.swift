/// The newest row of every key of a store.
///
/// The newest row is the greatest (main, sub), in whatever order rows come; of a put and a tombstone of one revision it
/// is the tombstone, whose row comes last. A key is live when its newest row is no tombstone. 32 bytes for each distinct
/// key, in a table that is at most three quarters full.
public struct KeyIndex: Sendable {
  /// A key's newest row.
  public struct Newest: Hashable, Sendable {
    /// The row's revision.
    public let revision: Revision
    /// Whether the row deletes the key.
    public let isTombstone: Bool
  }

  /// A key's digest and newest row. Revisions are not negative, which leaves `main` −1 for a free slot, and the sign
  /// of `sub` for the tombstone.
  private struct Slot {
    var digest: KeyDigest
    var main: Int64
    var markedSub: Int64

    static let free = Slot(digest: KeyDigest(high: 0, low: 0), main: -1, markedSub: 0)

    var isFree: Bool { main < 0 }
    var newest: Newest {
      Newest(revision: Revision(main: main, sub: markedSub & .max), isTombstone: markedSub < 0)
    }
  }

  private var slots: [Slot]
  /// Distinct keys.
  public private(set) var count = 0

  /// An index of no rows.
  public init() {
    slots = Array(repeating: .free, count: 1024)
  }

  /// Takes note of a row. Amortized O(1).
  public mutating func note(_ digest: KeyDigest, _ revision: Revision, isTombstone: Bool) {
    if (count + 1) * 4 > slots.count * 3 { grow() }
    let place = place(of: digest, in: slots)
    if slots[place].isFree {
      count += 1
    } else {
      let newest = slots[place].newest
      guard revision > newest.revision || revision == newest.revision && isTombstone else { return }
    }
    let mark: Int64 = isTombstone ? .min : 0
    slots[place] = Slot(digest: digest, main: revision.main, markedSub: revision.sub | mark)
  }

  /// The newest row of the key with this digest; nil when no row of it was noted. O(1).
  public func newest(of digest: KeyDigest) -> Newest? {
    let slot = slots[place(of: digest, in: slots)]
    return slot.isFree ? nil : slot.newest
  }

  /// Keys whose newest row is no tombstone. O(table).
  public var liveCount: Int {
    slots.reduce(0) { $0 + ($1.isFree || $1.newest.isTombstone ? 0 : 1) }
  }

  /// Where `digest` stands, or the free slot where it would.
  private func place(of digest: KeyDigest, in slots: [Slot]) -> Int {
    let mask = slots.count - 1
    var place = Int(truncatingIfNeeded: digest.low) & mask
    while !slots[place].isFree, slots[place].digest != digest { place = (place + 1) & mask }
    return place
  }

  private mutating func grow() {
    var larger = Array(repeating: Slot.free, count: slots.count * 2)
    for slot in slots where !slot.isFree { larger[place(of: slot.digest, in: larger)] = slot }
    slots = larger
  }
}
