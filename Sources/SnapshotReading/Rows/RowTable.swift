import CByteKernels

/// A hash table of row numbers, whose keys lie in the rows: four to eleven bytes for each distinct key.
///
/// A slot has a row's number plus 1, and above it as many bits of the key's digest as there is room for; 0 is a free slot.
/// The bits tell nearly all other keys in one slot without a look at their rows, which lie anywhere.
package struct RowTable {
  /// At most three quarters of them are taken.
  private var slots: [UInt32]
  /// The bits of a slot that are the row's number.
  private let numberBits: UInt32

  /// Where a key has its row, or will have it.
  package struct Slot {
    fileprivate let index: Int
    fileprivate let fragment: UInt32
    /// The row that is there; nil of a free slot.
    package let row: Int?
  }

  /// A table with room for `capacity` rows, which are numbered below that.
  package init(capacity: Int) {
    var slotCount = 1024
    while slotCount * 3 < capacity * 4 { slotCount *= 2 }
    slots = Array(repeating: 0, count: slotCount)
    // As many ones as the greatest number has bits.
    numberBits = UInt32.max >> UInt32(UInt32(capacity).leadingZeroBitCount)
  }

  /// The slot of the key whose digest has these bits: that of the row of which `isSame` says that it has the key, or a free
  /// one. O(1) expected.
  @inline(__always)
  package func slot(_ bits: UInt64, _ otherBits: UInt64, where isSame: (Int) -> Bool) -> Slot {
    let mask = slots.count - 1
    let fragment = UInt32(truncatingIfNeeded: otherBits) & ~numberBits
    var index = Int(truncatingIfNeeded: bits) & mask
    while slots[index] != 0 {
      if slots[index] & ~numberBits == fragment {
        let row = Int(slots[index] & numberBits) - 1
        if isSame(row) { return Slot(index: index, fragment: fragment, row: row) }
      }
      index = (index + 1) & mask
    }
    return Slot(index: index, fragment: fragment, row: nil)
  }

  /// Prefetches the slot at which the search for these bits begins, for a search that comes a little later. O(1).
  @inline(__always)
  package func prepare(_ bits: UInt64) {
    let index = Int(truncatingIfNeeded: bits) & (slots.count - 1)
    // Sound: the index is less than the count, and nothing is read.
    unsafe slots.withUnsafeBufferPointer { unsafe byte_kernels_prefetch($0.baseAddress?.advanced(by: index)) }
  }

  /// Puts `row` in `slot`, which came of the table as it is.
  package mutating func put(_ row: Int, in slot: Slot) { slots[slot.index] = slot.fragment | UInt32(row + 1) }
}
