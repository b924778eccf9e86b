/// The newest row of every key of a store.
///
/// The newest row is the greatest (main, sub), in whatever order rows come; of a put and a tombstone of one revision it
/// is the tombstone, whose row comes last. A key is live when its newest row is no tombstone. 32 bytes for each distinct
/// key, in a table that is at most three quarters full.
///
/// Rows wait until there are 64 of them, and are then put into the table together: each needs memory that is in no
/// cache, and the processor waits for many such places at once if nothing else stands between. So ``settle()`` must be
/// called between the last row and the first question.
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
    var isTombstone: Bool { markedSub < 0 }
    var sub: Int64 { markedSub & .max }
    var newest: Newest { Newest(revision: Revision(main: main, sub: sub), isTombstone: isTombstone) }

    func isOlder(than other: Slot) -> Bool {
      newest.revision.isOlder(than: other.newest.revision, ofTombstone: other.isTombstone)
    }
  }

  /// The most rows that wait.
  private static let batch = 64

  private var slots: [Slot]
  private var usedSlots = 0
  private var waiting: [Slot] = []

  /// An index of no rows.
  public init() {
    slots = Array(repeating: .free, count: 1024)
    waiting.reserveCapacity(Self.batch)
  }

  /// Takes note of a row. Amortized O(1).
  public mutating func note(_ digest: KeyDigest, _ revision: Revision, isTombstone: Bool) {
    let mark: Int64 = isTombstone ? .min : 0
    waiting.append(Slot(digest: digest, main: revision.main, markedSub: revision.sub | mark))
    if waiting.count == Self.batch { settle() }
  }

  /// Puts the rows that wait into the table. To be called after the last row.
  public mutating func settle() {
    while (usedSlots + waiting.count) * 4 > slots.count * 3 { grow() }
    for row in waiting {
      let place = place(of: row.digest, in: slots)
      if slots[place].isFree {
        usedSlots += 1
        slots[place] = row
      } else if slots[place].isOlder(than: row) {
        slots[place] = row
      }
    }
    waiting.removeAll(keepingCapacity: true)
  }

  /// Distinct keys.
  public var count: Int {
    precondition(waiting.isEmpty, "rows wait: settle the index first")
    return usedSlots
  }

  /// The newest row of the key with this digest; nil when no row of it was noted. O(1).
  public func newest(of digest: KeyDigest) -> Newest? {
    precondition(waiting.isEmpty, "rows wait: settle the index first")
    let slot = slots[place(of: digest, in: slots)]
    return slot.isFree ? nil : slot.newest
  }

  /// Keys whose newest row is no tombstone. O(table).
  public var liveCount: Int {
    precondition(waiting.isEmpty, "rows wait: settle the index first")
    return slots.reduce(0) { $0 + ($1.isFree || $1.isTombstone ? 0 : 1) }
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
