/// An array that grows without being moved: its elements lie in segments of 16 384.
///
/// An ordinary array that outgrows its memory needs it twice for a moment, and up to twice of what it holds afterwards.
struct SegmentedArray<Element: Sendable>: Sendable, Sequence {
  private static var shift: Int { 14 }
  private static var segmentCount: Int { 1 << shift }

  private var segments: [[Element]] = []
  /// How many elements there are.
  private(set) var count = 0

  /// The element at `index`, which must be less than the count. O(1).
  subscript(index: Int) -> Element {
    get { segments[index >> Self.shift][index & (Self.segmentCount - 1)] }
    set { segments[index >> Self.shift][index & (Self.segmentCount - 1)] = newValue }
  }

  /// Adds `element` at the end. Amortized O(1).
  mutating func append(_ element: Element) {
    if count & (Self.segmentCount - 1) == 0 { segments.append([]) }
    segments[segments.count - 1].append(element)
    count += 1
  }

  /// Removes the elements from `count` on. O(1) for those of one segment.
  mutating func removeLast(to count: Int) {
    guard count < self.count else { return }
    let segmentsKept = (count + Self.segmentCount - 1) >> Self.shift
    segments.removeSubrange(segmentsKept...)
    self.count = count
    if count & (Self.segmentCount - 1) != 0 {
      segments[segmentsKept - 1].removeSubrange((count & (Self.segmentCount - 1))...)
    }
  }

  /// The elements in order.
  func makeIterator() -> FlattenSequence<[[Element]]>.Iterator { segments.joined().makeIterator() }
}
