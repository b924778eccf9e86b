import BoltFormat

/// An array that grows without being moved: its elements lie in segments of 16 384.
///
/// An ordinary array that outgrows its memory needs it twice for a moment, and up to twice of what it holds afterwards.
///
/// What reads elements is inlinable: the judgement of rows, in another module, asks for each of millions.
package struct SegmentedArray<Element: Sendable>: Sendable, Sequence {
  @usableFromInline static var shift: Int { 14 }
  @usableFromInline static var segmentCount: Int { 1 << shift }

  @usableFromInline var segments: [[Element]] = []
  /// How many elements there are.
  package private(set) var count = 0

  /// The element at `index`, which must be less than the count. O(1).
  package subscript(index: Int) -> Element {
    @inlinable
    get { segments[index >> Self.shift][index & (Self.segmentCount - 1)] }
    set { segments[index >> Self.shift][index & (Self.segmentCount - 1)] = newValue }
  }

  /// Adds `element` at the end. Amortized O(1).
  package mutating func append(_ element: Element) {
    makeRoom()
    segments[count >> Self.shift].append(element)
    count += 1
  }

  /// Adds all of `other` at the end. O(their number), in a few copies of memory.
  package mutating func append(contentsOf other: SegmentedArray) {
    for segment in other.segments {
      var rest = segment[...]
      while !rest.isEmpty {
        makeRoom()
        let last = count >> Self.shift
        let part = rest.prefix(Self.segmentCount - segments[last].count)
        segments[last].append(contentsOf: part)
        count += part.count
        rest = rest.dropFirst(part.count)
      }
    }
  }

  private mutating func makeRoom() {
    guard count >> Self.shift == segments.count else { return }
    var segment: [Element] = []
    // The first segment grows as it must: many an array has a few elements.
    if !segments.isEmpty { segment.reserveCapacity(Self.segmentCount) }
    segments.append(segment)
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
  @inlinable
  package func makeIterator() -> FlattenSequence<[[Element]]>.Iterator { segments.joined().makeIterator() }
}
