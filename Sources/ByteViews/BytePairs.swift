import CByteKernels

/// Pairs of neighbouring bytes that are searched for together, such as the beginnings of many words.
///
/// Where the processor has vectors of bytes, 16 or 32 places are looked at at once: each byte is looked up by its halves, and
/// what is no pair but has halves of pairs is looked at again.
package struct BytePairs: Sendable {
  /// One bit for each pair of bytes, the first the greater part of its number.
  private var members = [UInt64](repeating: 0, count: 1 << 10)
  /// The same in groups, for vectors; nil where there are none.
  private let table: Table?

  /// Whether this processor searches in vectors.
  package static let hasVectors = byte_kernels_have_pair_search()

  /// The most groups that a table has.
  private static let groups = 8

  /// The pairs of the first byte of each row with each of the others in it.
  ///
  /// - Parameter usesVectors: only where ``hasVectors`` says so.
  package init(_ rows: [[UInt8]], usesVectors: Bool = Self.hasVectors) {
    for row in rows {
      for second in row.dropFirst() {
        let number = Int(row[0]) << 8 | Int(second)
        members[number >> 6] |= 1 << UInt64(number & 63)
      }
    }
    table = usesVectors ? Table(byte_pair_table(Self.grouped(rows.map(Halves.init)))) : nil
  }

  /// A table at one place, so that no search copies it.
  @safe private final class Table: @unchecked Sendable {
    // Written by the initializer alone.
    let pointer: UnsafeMutablePointer<byte_pair_table>

    init(_ table: byte_pair_table) {
      unsafe pointer = .allocate(capacity: 1)
      unsafe pointer.initialize(to: table)
    }

    deinit { unsafe pointer.deallocate() }
  }

  /// Whether they are one of the pairs. O(1).
  @inline(__always)
  package func contains(_ first: UInt8, _ second: UInt8) -> Bool {
    let number = Int(first) << 8 | Int(second)
    return members[number >> 6] >> UInt64(number & 63) & 1 == 1
  }

  /// The first offset from `start` on, before `end`, at which one of the pairs stands; one byte more must lie behind `end`.
  ///
  /// O(n); a few instructions for each 32 bytes, where pairs are rare.
  package func firstOffset(in bytes: RawSpan, from start: Int, before end: Int) -> Int? {
    guard start < end else { return nil }
    precondition(start >= 0 && end < bytes.byteCount, "one byte more must lie behind the offsets")
    var offset = start
    if let table {
      // Sound: the call reads one byte more than the offsets, and that many there are.
      return unsafe bytes.withUnsafeBytes { buffer in
        while offset < end {
          offset += unsafe byte_kernels_find_pair(table.pointer, buffer.baseAddress?.advanced(by: offset), end - offset)
          guard offset < end else { return nil }
          if unsafe contains(buffer[offset], buffer[offset + 1]) { return offset }
          offset += 1
        }
        return nil
      }
    }
    var first = bytes.byte(at: start)
    while offset < end {
      let second = bytes.byte(at: offset + 1)
      if contains(first, second) { return offset }
      first = second
      offset += 1
    }
    return nil
  }

  /// The halves of the bytes of some pairs; bit n of each is set for half n.
  fileprivate struct Halves {
    var (firstLow, firstHigh, secondLow, secondHigh): (UInt16, UInt16, UInt16, UInt16) = (0, 0, 0, 0)

    init(_ row: [UInt8]) {
      (firstLow, firstHigh) = (1 << (row[0] & 15), 1 << (row[0] >> 4))
      for second in row.dropFirst() {
        secondLow |= 1 << (second & 15)
        secondHigh |= 1 << (second >> 4)
      }
    }

    /// The halves of both.
    func joined(_ other: Halves) -> Halves {
      var joined = self
      joined.firstLow |= other.firstLow
      joined.firstHigh |= other.firstHigh
      joined.secondLow |= other.secondLow
      joined.secondHigh |= other.secondHigh
      return joined
    }

    /// How many pairs have these halves.
    var pairs: Int {
      firstLow.nonzeroBitCount * firstHigh.nonzeroBitCount * secondLow.nonzeroBitCount * secondHigh.nonzeroBitCount
    }
  }

  /// Joins some of `halves` until they are few enough, those first that let the fewest other pairs in.
  private static func grouped(_ halves: [Halves]) -> [Halves] {
    var halves = halves
    while halves.count > groups {
      var best = (one: 0, other: 1, cost: Int.max)
      for one in halves.indices {
        for other in halves.indices where other > one {
          let cost = halves[one].joined(halves[other]).pairs - halves[one].pairs - halves[other].pairs
          if cost < best.cost { best = (one, other, cost) }
        }
      }
      halves[best.one] = halves[best.one].joined(halves[best.other])
      halves.remove(at: best.other)
    }
    return halves
  }
}

extension byte_pair_table {
  /// The table of at most eight groups.
  fileprivate init(_ groups: [BytePairs.Halves]) {
    self.init()
    // Sound: each member is an array of 16 bytes.
    unsafe withUnsafeMutableBytes(of: &self) { table in
      for (number, group) in groups.enumerated() {
        let members = [group.firstLow, group.firstHigh, group.secondLow, group.secondHigh]
        for (member, halves) in members.enumerated() {
          for half in 0..<16 where halves >> UInt16(half) & 1 == 1 {
            unsafe table[member * 16 + half] |= 1 << UInt8(number)
          }
        }
      }
    }
  }
}
