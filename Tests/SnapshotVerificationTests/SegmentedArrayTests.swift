import TestSupport
import Testing

@testable import SnapshotReading

@Suite("A segmented array holds what an array holds")
struct SegmentedArrayTests {
  @Test("Through appending, changing and removing", arguments: [0, 1, 16_383, 16_384, 16_385, 50_000])
  func elements(count: Int) {
    var segmented = SegmentedArray<Int>()
    var array: [Int] = []
    for number in 0..<count {
      segmented.append(number)
      array.append(number)
    }
    for number in stride(from: 0, to: count, by: 1000) {
      segmented[number] = -number
      array[number] = -number
    }
    #expect(Array(segmented) == array)
    for end in [count, count - 1, 16_384, 16_383, 1, 0] where end >= 0 && end <= segmented.count {
      segmented.removeLast(to: end)
      array.removeSubrange(end...)
      #expect(segmented.count == end)
      #expect(Array(segmented) == array)
      segmented.append(7)
      array.append(7)
      #expect(segmented[end] == 7)
    }
  }

  @Test(
    "Through appending another one",
    arguments: [0, 1, 16_383, 16_384, 20_000], [0, 1, 16_383, 16_384, 16_385, 40_000])
  func joining(count: Int, others: Int) {
    var segmented = SegmentedArray<Int>()
    for number in 0..<count { segmented.append(number) }
    var other = SegmentedArray<Int>()
    for number in count..<count + others { other.append(number) }
    segmented.append(contentsOf: other)
    segmented.append(-1)
    #expect(segmented.count == count + others + 1)
    #expect(Array(segmented) == Array(0..<count + others) + [-1])
    if segmented.count > 16_384 { #expect(segmented[16_384] == (count + others == 16_384 ? -1 : 16_384)) }
  }
}
