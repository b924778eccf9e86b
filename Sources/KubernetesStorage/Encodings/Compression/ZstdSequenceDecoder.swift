import ByteViews

/// Decodes zstd's sequences one by one: so many literals, then a match so long and so far back (RFC 8878 §3.1.1.4).
struct ZstdSequenceDecoder: ~Escapable {
  /// Literals to be copied, and the match behind them.
  struct Sequence {
    let literals: Int
    let match: Int
    let offset: Int
  }

  private var bits: BackwardBits
  private let literalTable: FiniteStateTable
  private let offsetTable: FiniteStateTable
  private let matchTable: FiniteStateTable
  private var literalState: Int
  private var offsetState: Int
  private var matchState: Int
  /// The last three offsets, the newest first.
  private(set) var offsets: [Int]

  /// nil where tables are missing, or bits for the first states.
  @_lifetime(copy start)
  init?(_ start: BackwardBits, _ tables: ZstdSequenceTables) {
    guard let literals = tables.literals, let offsets = tables.offsetCodes, let matches = tables.matches else {
      return nil
    }
    var bits = start
    literalState = bits.take(literals.accuracy)
    offsetState = bits.take(offsets.accuracy)
    matchState = bits.take(matches.accuracy)
    guard bits.left >= 0 else { return nil }
    self.bits = bits
    (literalTable, offsetTable, matchTable) = (literals, offsets, matches)
    self.offsets = tables.offsets
  }

  /// Whether all bits were used.
  var isAtEnd: Bool { bits.left == 0 }

  /// The next sequence; nil where it is none, or the bits don't suffice.
  mutating func next(isLast: Bool) -> Sequence? {
    let (literal, offset, match) = (
      literalTable.states[literalState], offsetTable.states[offsetState], matchTable.states[matchState]
    )
    guard literal.symbol < 36, match.symbol < 53, offset.symbol < 32 else { return nil }
    let distance = 1 << Int(offset.symbol) + bits.take(Int(offset.symbol))
    let matchLength = Self.matchBases[Int(match.symbol)] + bits.take(Self.matchBits[Int(match.symbol)])
    let literalLength = Self.literalBases[Int(literal.symbol)] + bits.take(Self.literalBits[Int(literal.symbol)])
    if !isLast {
      literalState = Int(literal.base) + bits.take(Int(literal.bits))
      matchState = Int(match.base) + bits.take(Int(match.bits))
      offsetState = Int(offset.base) + bits.take(Int(offset.bits))
    }
    guard bits.left >= 0 else { return nil }
    return Sequence(
      literals: literalLength, match: matchLength, offset: take(distance, afterLiterals: literalLength > 0))
  }

  /// The offset that `value` stands for: one of the last three, or a new one (§3.1.1.5).
  private mutating func take(_ value: Int, afterLiterals: Bool) -> Int {
    guard value <= 3 else {
      offsets = [value - 3, offsets[0], offsets[1]]
      return value - 3
    }
    let index = value - 1 + (afterLiterals ? 0 : 1)
    let offset = index == 3 ? offsets[0] - 1 : offsets[index]
    if index == 1 { offsets = [offset, offsets[0], offsets[2]] }
    if index > 1 { offsets = [offset, offsets[0], offsets[1]] }
    return offset
  }

  // §3.1.1.3.2.1.1.
  private static let literalBits =
    [Int](repeating: 0, count: 16)
    + [1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]
  private static let literalBases =
    Array(0..<16)
    + [
      16, 18, 20, 22, 24, 28, 32, 40, 48, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16_384, 32_768, 65_536,
    ]
  private static let matchBits =
    [Int](repeating: 0, count: 32)
    + [1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]
  private static let matchBases =
    Array(3..<35)
    + [
      35, 37, 39, 41, 43, 47, 51, 59, 67, 83, 99, 131, 259, 515, 1027, 2051, 4099, 8195, 16_387, 32_771, 65_539,
    ]
}
