/// Which of the 256 byte values occurred.
struct ByteSet {
  private var words = InlineArray<4, UInt64>(repeating: 0)

  /// How many.
  var count: Int {
    words[0].nonzeroBitCount + words[1].nonzeroBitCount + words[2].nonzeroBitCount + words[3].nonzeroBitCount
  }

  /// Adds the bytes of `range`.
  mutating func insert(contentsOf bytes: RawSpan, in range: Range<Int>) {
    var offset = range.lowerBound
    while offset + 8 <= range.upperBound {
      var word = bytes.word(at: offset)
      for _ in 0..<8 {
        insert(word & 0xFF)
        word >>= 8
      }
      offset += 8
    }
    while offset < range.upperBound {
      insert(UInt64(bytes.byte(at: offset)))
      offset += 1
    }
  }

  @inline(__always)
  private mutating func insert(_ byte: UInt64) {
    words[Int(byte >> 6)] |= 1 << (byte & 63)
  }
}
