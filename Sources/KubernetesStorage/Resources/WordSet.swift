/// The words of eight bytes that occur in some texts, wherever they begin.
struct WordSet: Sendable {
  private let words: Set<UInt64>
  /// One bit for each hash, set when a word has it: each word has two.
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
      let (first, second) = Self.hashes(of: word)
      hashes[first >> 6] |= 1 << UInt64(first & 63)
      hashes[second >> 6] |= 1 << UInt64(second & 63)
    }
    self.words = words
    self.hashes = hashes
  }

  /// The offset of the first of them in `bytes`, of those at the multiples of eight from `start` on. O(length), a few
  /// instructions for each eight bytes.
  func offset(in bytes: RawSpan, from start: Int) -> Int? {
    let flags = hashes.span
    let last = bytes.byteCount - 8
    var offset = start
    while offset <= last {
      // Sound: eight bytes are left, and any eight are a UInt64; a hash has 12 bits, and 64 flags of 64 bits answer it.
      let word = UInt64(
        littleEndian: unsafe bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self))
      let (first, second) = Self.hashes(of: word)
      if unsafe flags[unchecked: first >> 6] & 1 << UInt64(first & 63) != 0,
        unsafe flags[unchecked: second >> 6] & 1 << UInt64(second & 63) != 0, words.contains(word)
      {
        return offset
      }
      offset += 8
    }
    return nil
  }

  /// Whether `word`, as `RawSpan.word(at:)` reads it, is one of them.
  func contains(_ word: UInt64) -> Bool { words.contains(word) }

  /// Two hashes of 12 bits.
  @inline(__always)
  private static func hashes(of word: UInt64) -> (Int, Int) {
    let product = word &* 0x9E37_79B9_7F4A_7C15
    return (Int(truncatingIfNeeded: product >> 52), Int(truncatingIfNeeded: product >> 40 & 0xFFF))
  }
}
