import ByteViews

/// The tables by which zstd's sequences are read, and the last three offsets: what one block leaves to the next
/// (RFC 8878 §3.1.1.3.2).
struct ZstdSequenceTables {
  private(set) var literals: FiniteStateTable?
  private(set) var offsetCodes: FiniteStateTable?
  private(set) var matches: FiniteStateTable?
  var offsets = [1, 4, 8]

  /// Reads the tables that a block brings; answers how many bytes were written to them, nil where they are wrong.
  mutating func read(_ block: RawSpan, _ position: inout Int) -> Int? {
    guard let modes = block.peek(at: position), modes & 3 == 0 else { return nil }
    position += 1
    var written = 0
    func table(_ mode: UInt8, _ standard: FiniteStateTable, _ last: FiniteStateTable?, _ symbols: Int, _ limit: Int)
      -> FiniteStateTable?
    {
      switch mode & 3 {
      case 0: return standard
      case 1:
        guard let symbol = block.peek(at: position), symbol < symbols else { return nil }
        position += 1
        return FiniteStateTable(repeating: symbol)
      case 2:
        let table = FiniteStateTable(describedIn: block, at: &position, symbols: symbols, atMost: limit)
        written += table?.states.count ?? 0
        return table
      default: return last
      }
    }
    literals = table(modes >> 6, Self.standardLiterals, literals, 36, 9)
    guard literals != nil else { return nil }
    offsetCodes = table(modes >> 4, Self.standardOffsets, offsetCodes, 32, 8)
    guard offsetCodes != nil else { return nil }
    matches = table(modes >> 2, Self.standardMatches, matches, 53, 9)
    guard matches != nil, position <= block.byteCount else { return nil }
    return written
  }

  // §3.1.1.3.2.2.
  private static let standardLiterals = standard(
    [4, 3] + [Int](repeating: 2, count: 11) + [1, 1, 1] + [Int](repeating: 2, count: 9) + [3, 2, 1, 1, 1, 1, 1]
      + [Int](repeating: -1, count: 4), 6)
  private static let standardMatches = standard(
    [1, 4, 3] + [Int](repeating: 2, count: 6) + [Int](repeating: 1, count: 37) + [Int](repeating: -1, count: 7), 6)
  private static let standardOffsets = standard(
    [Int](repeating: 1, count: 6) + [2, 2, 2] + [Int](repeating: 1, count: 15) + [Int](repeating: -1, count: 5), 5)

  private static func standard(_ counts: [Int], _ accuracy: Int) -> FiniteStateTable {
    FiniteStateTable(counts: counts, accuracy: accuracy) ?? FiniteStateTable(repeating: 0)
  }
}
