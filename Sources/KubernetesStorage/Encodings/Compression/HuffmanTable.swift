import ByteViews

/// The decoding table of the Huffman code that zstd has literals in (RFC 8878 §4.2).
struct HuffmanTable {
  /// Bits of the longest code.
  let longest: Int
  /// By the next `longest` bits: the symbol, and how many of them are its code.
  private(set) var entries: [(symbol: UInt8, bits: UInt8)]

  private static let mostBits = 11

  /// The table that is described from `position` of `bytes` on, which moves behind the description; nil where none is.
  init?(describedIn bytes: RawSpan, at position: inout Int) {
    guard let head = bytes.peek(at: position).map(Int.init) else { return nil }
    position += 1
    var weights: [UInt8] = []
    if head >= 128 {
      let count = head - 127
      guard position + (count + 1) / 2 <= bytes.byteCount else { return nil }
      for index in 0..<count {
        let byte = bytes.byte(at: position + index / 2)
        weights.append(index % 2 == 0 ? byte >> 4 : byte & 15)
      }
      position += (count + 1) / 2
    } else {
      guard head > 0, position + head <= bytes.byteCount else { return nil }
      guard let unpacked = Self.weights(packedIn: bytes.extracting(position..<position + head)) else { return nil }
      weights = unpacked
      position += head
    }
    self.init(weights)
  }

  /// Weights in a finite state code, for two states that take turns.
  private static func weights(packedIn bytes: RawSpan) -> [UInt8]? {
    var position = 0
    guard let table = FiniteStateTable(describedIn: bytes, at: &position, symbols: 13, atMost: 6),
      position < bytes.byteCount, var bits = BackwardBits(bytes.extracting(position..<bytes.byteCount))
    else { return nil }
    var (state, other) = (bits.take(table.accuracy), bits.take(table.accuracy))
    guard bits.left >= 0 else { return nil }
    var weights: [UInt8] = []
    while weights.count < 255 {
      let current = table.states[state]
      weights.append(current.symbol)
      let next = Int(current.base) + bits.take(Int(current.bits))
      guard bits.left >= 0 else {
        weights.append(table.states[other].symbol)
        return weights
      }
      (state, other) = (other, next)
    }
    return nil
  }

  /// The last weight follows from the others, which add up to a power of two with it.
  private init?(_ given: [UInt8]) {
    guard given.count <= 255, given.allSatisfy({ $0 <= Self.mostBits }) else { return nil }
    let sum = given.reduce(0) { $0 + ($1 > 0 ? 1 << (Int($1) - 1) : 0) }
    guard sum > 0 else { return nil }
    let longest = Int.bitWidth - sum.leadingZeroBitCount
    let rest = 1 << longest - sum
    guard longest <= Self.mostBits, rest & (rest - 1) == 0 else { return nil }
    let weights = given + [UInt8(rest.trailingZeroBitCount + 1)]
    self.longest = longest
    entries = Array(repeating: (0, 0), count: 1 << longest)
    var place = 0
    for weight in 1...UInt8(longest) {
      for (symbol, own) in weights.enumerated() where own == weight {
        let end = place + 1 << (Int(weight) - 1)
        guard end <= entries.count else { return nil }
        for index in place..<end { entries[index] = (UInt8(symbol), UInt8(longest + 1) - weight) }
        place = end
      }
    }
    guard place == entries.count else { return nil }
  }

  /// Decodes `count` symbols, of which `bytes` hold no more and no fewer, to the end of `output`; false where they don't.
  func decode(_ bytes: RawSpan, _ count: Int, into output: inout [UInt8]) -> Bool {
    guard var bits = BackwardBits(bytes) else { return false }
    for _ in 0..<count {
      let entry = entries[bits.peek(longest)]
      bits.skip(Int(entry.bits))
      guard bits.left >= 0 else { return false }
      output.append(entry.symbol)
    }
    return bits.left == 0
  }
}
