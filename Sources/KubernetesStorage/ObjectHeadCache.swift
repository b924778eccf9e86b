/// The heads of objects met lately: nearly all values of a store begin like one that went by before.
///
/// Answers as ``ObjectHead/init(of:)`` does, in a fraction of the time where the object is protobuf as API servers write it.
public struct ObjectHeadCache: Sendable {
  /// A type's bytes, from the value's first to the last of its typeMeta, and the head that was read from them.
  private struct Entry: Sendable {
    var byteCount = 0
    var words = InlineArray<8, UInt64>(repeating: 0)
    var head: ObjectHead?
  }

  /// A power of two, for a handful of types in use at once.
  private var entries = [Entry](repeating: Entry(), count: 64)

  /// An empty cache.
  public init() {}

  /// The head of the object in the clear that `value` begins like; nil when it begins like none, or does not say its
  /// type.
  public mutating func head(of value: RawSpan) -> ObjectHead? {
    guard let end = value.typeMetaEnd, (16...64).contains(end) else { return ObjectHead(of: value) }
    let hash = (value.word(at: end - 8) ^ value.word(at: 8)) &* 0x9E37_79B9_7F4A_7C15
    let slot = Int(hash >> 58)
    if entries[slot].byteCount == end, holds(slot, value) { return entries[slot].head }
    let head = ObjectHead(of: value)
    keep(head, of: value, end, in: slot)
    return head
  }

  private func holds(_ slot: Int, _ value: RawSpan) -> Bool {
    let end = entries[slot].byteCount
    var offset = 0
    while offset + 8 <= end {
      if entries[slot].words[offset / 8] != value.word(at: offset) { return false }
      offset += 8
    }
    return offset == end || entries[slot].words[7] == value.word(at: end - 8)
  }

  private mutating func keep(_ head: ObjectHead?, of value: RawSpan, _ end: Int, in slot: Int) {
    var entry = Entry(byteCount: end, head: head)
    // The last word, which may overlap the one before; of 64 bytes it is the eighth.
    entry.words[7] = value.word(at: end - 8)
    for index in 0..<(end / 8) { entry.words[index] = value.word(at: 8 * index) }
    entries[slot] = entry
  }
}
