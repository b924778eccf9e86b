import ByteViews
import TestSupport
import Testing

@Suite("Pairs of bytes")
struct BytePairsTests {
  /// Sets of pairs: few first bytes, more than there are groups, and first bytes that share all their halves.
  private static let sets: [[[UInt8]]] = [
    [[0x53, 0x65, 0, 0x5C]],
    [[0x1F, 0x8B], [0x78, 0x01, 0x5E, 0x9C, 0xDA], [0x28, 0xB5], [0xFF, 0xFF], [0, 0]],
    (0..<32 as Range<UInt8>).map { [$0 &* 37, $0, 255 - $0] },
    [[0x12, 0x34], [0x13, 0x35], [0x22, 0x44], [0x23, 0x45]],
  ]

  private static func expected(_ set: [[UInt8]], _ bytes: [UInt8], _ range: Range<Int>) -> Int? {
    range.first { offset in set.contains { $0[0] == bytes[offset] && $0.dropFirst().contains(bytes[offset + 1]) } }
  }

  @Test("Vectors and single bytes find what a comparison of all pairs finds", arguments: sets.indices, [false, true])
  func search(set: Int, usesVectors: Bool) {
    let set = Self.sets[set]
    let pairs = BytePairs(set, usesVectors: usesVectors && BytePairs.hasVectors)
    var random = SeededGenerator(seed: 11)
    for count in Array(2...100) + [1000, 4097] {
      for _ in 0..<8 {
        var bytes = random.bytes(count)
        // Bytes of pairs everywhere, so that parts of them stand at every place.
        for index in bytes.indices where random.next() % 3 == 0 {
          let pair = set[Int(random.next() % UInt64(set.count))]
          bytes[index] = pair[Int(random.next() % 2)]
        }
        let start = Int(random.next() % UInt64(count))
        let end = Int(random.next() % UInt64(count))
        let found = pairs.firstOffset(in: bytes.rawSpan, from: start, before: end)
        #expect(found == (start < end ? Self.expected(set, bytes, start..<end) : nil))
      }
    }
  }

  @Test("Each pair is found at each place, and no other pair anywhere", arguments: [false, true])
  func everyPair(usesVectors: Bool) {
    for set in Self.sets {
      let pairs = BytePairs(set, usesVectors: usesVectors && BytePairs.hasVectors)
      for first in UInt8.min...UInt8.max {
        for second in UInt8.min...UInt8.max {
          let isMember = set.contains { $0[0] == first && $0.dropFirst().contains(second) }
          #expect(pairs.contains(first, second) == isMember)
          guard isMember || second % 16 == 3 else { continue }
          let place = Int(second) % 70
          var bytes = [UInt8](repeating: 0x77, count: 72)
          (bytes[place], bytes[place + 1]) = (first, second)
          let found = pairs.firstOffset(in: bytes.rawSpan, from: 0, before: 71)
          #expect(found == Self.expected(set, bytes, 0..<71))
        }
      }
    }
  }

  @Test("The last offset counts, and the byte behind the end is only the second of a pair")
  func lastOffset() {
    for usesVectors in [false, BytePairs.hasVectors] {
      let pairs = BytePairs([[1, 2]], usesVectors: usesVectors)
      for count in 2...70 {
        var bytes = [UInt8](repeating: 0, count: count)
        (bytes[count - 2], bytes[count - 1]) = (1, 2)
        #expect(pairs.firstOffset(in: bytes.rawSpan, from: 0, before: count - 1) == count - 2)
        #expect(pairs.firstOffset(in: bytes.rawSpan, from: 0, before: count - 2) == nil)
      }
    }
  }
}
