/// The words of eight bytes that occur in some texts, wherever they begin.
struct WordSet: Sendable {
  private let words: Set<UInt64>
  /// One bit for each hash, set when a word has it.
  private let hashes: [UInt64]

  /// The words of `texts`, each of eight bytes or more.
  init(of texts: [String]) {
    var words: Set<UInt64> = []
    for text in texts {
      let bytes = Array(text.utf8)
      for start in 0...(bytes.count - 8) {
        words.insert(bytes[start..<(start + 8)].reversed().reduce(0) { $0 << 8 | UInt64($1) })
      }
    }
    var hashes = [UInt64](repeating: 0, count: 64)
    for word in words {
      let hash = Self.hash(word)
      hashes[hash >> 6] |= 1 << UInt64(hash & 63)
    }
    self.words = words
    self.hashes = hashes
  }

  /// Whether `word`, as `RawSpan.word(at:)` reads it, is one of them. Of other words, nearly all are told by their hash.
  @inline(__always)
  func contains(_ word: UInt64) -> Bool {
    let hash = Self.hash(word)
    guard hashes[hash >> 6] & 1 << UInt64(hash & 63) != 0 else { return false }
    return words.contains(word)
  }

  /// 12 bits.
  @inline(__always)
  private static func hash(_ word: UInt64) -> Int {
    Int(truncatingIfNeeded: (word &* 0x9E37_79B9_7F4A_7C15) >> 52)
  }
}
