import BoltFormat

/// An array that grows without being moved: its elements lie in segments of 16 384.
///
/// An ordinary array that outgrows its memory needs it twice for a moment, and up to twice of what it holds afterwards.
package struct SegmentedArray<Element: Sendable>: Sendable, Sequence {
  private static var shift: Int { 14 }
  private static var segmentCount: Int { 1 << shift }

  private var segments: [[Element]] = []
  /// How many elements there are.
  package private(set) var count = 0

  /// The element at `index`, which must be less than the count. O(1).
  package subscript(index: Int) -> Element {
    get { segments[index >> Self.shift][index & (Self.segmentCount - 1)] }
    set { segments[index >> Self.shift][index & (Self.segmentCount - 1)] = newValue }
  }

  /// Adds `element` at the end. Amortized O(1).
  package mutating func append(_ element: Element) {
    if count >> Self.shift == segments.count { segments.append([]) }
    segments[count >> Self.shift].append(element)
    count += 1
  }

  /// Removes the elements from `count` on, and keeps the memory of one segment for others. O(1) for those of one segment.
  package mutating func removeLast(to count: Int) {
    guard count < self.count else { return }
    let last = count >> Self.shift
    segments.removeSubrange((last + 1)...)
    self.count = count
    segments[last].removeLast(segments[last].count - count & (Self.segmentCount - 1))
  }

  /// The elements in order.
  package func makeIterator() -> FlattenSequence<[[Element]]>.Iterator { segments.joined().makeIterator() }
}
