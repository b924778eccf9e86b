import ByteViews

/// A few fixed names and what each stands for, looked up by bytes without allocation.
struct FixedNameTable<Value: BitwiseCopyable & Sendable>: Sendable {
  /// The longest name that it can hold, in bytes. The longest of Kubernetes' directories has 46.
  static var longestName: Int { 48 }

  private struct Entry {
    var words = InlineArray<6, UInt64>(repeating: 0)
    let count: Int
    let value: Value
  }

  /// A power of two, at least four times as many as there are names, so that a search ends soon.
  private let slots: [Entry?]

  /// A table of `names`, none of which is longer than `longestName`; of equal ones the first counts.
  init(_ names: [(String, Value)]) {
    var slots = [Entry?](repeating: nil, count: 16)
    while slots.count < 4 * names.count { slots += slots }
    for (name, value) in names {
      precondition(name.utf8.count <= Self.longestName, "a name is too long")
      let text = Array(name.utf8)
      let bytes = text.rawSpan
      let slot = Self.slot(of: bytes, 0..<text.count, in: slots)
      guard slots[slot] == nil else { continue }
      var entry = Entry(count: text.count, value: value)
      for index in 0..<(text.count + 7) / 8 { entry.words[index] = bytes.word(8 * index, before: text.count) }
      slots[slot] = entry
    }
    self.slots = slots
  }

  /// What the name that stands in `range` of `bytes` stands for. O(1).
  subscript(bytes: RawSpan, range: Range<Int>) -> Value? {
    guard range.count <= Self.longestName else { return nil }
    return slots[Self.slot(of: bytes, range, in: slots)]?.value
  }

  /// Where the name is, or would be.
  private static func slot(of bytes: RawSpan, _ range: Range<Int>, in slots: [Entry?]) -> Int {
    var hash = UInt64(range.count)
    var offset = range.lowerBound
    while offset < range.upperBound {
      hash = (hash ^ bytes.word(offset, before: range.upperBound)) &* 0x9E37_79B9_7F4A_7C15
      offset += 8
    }
    var slot = Int(hash >> 32) & (slots.count - 1)
    while let entry = slots[slot], !holds(entry, bytes, range) { slot = (slot + 1) & (slots.count - 1) }
    return slot
  }

  private static func holds(_ entry: Entry, _ bytes: RawSpan, _ range: Range<Int>) -> Bool {
    guard entry.count == range.count else { return false }
    var offset = range.lowerBound
    var index = 0
    while offset < range.upperBound {
      guard entry.words[index] == bytes.word(offset, before: range.upperBound) else { return false }
      offset += 8
      index += 1
    }
    return true
  }
}

extension RawSpan {
  /// The bytes from `offset` up to `end`, at most eight, the first of them lowest and zero bytes after the last.
  @inline(__always)
  fileprivate func word(_ offset: Int, before end: Int) -> UInt64 {
    let word = paddedWord(at: offset)
    return end - offset >= 8 ? word : word & ~(UInt64.max &<< UInt64(8 * (end - offset)))
  }
}
