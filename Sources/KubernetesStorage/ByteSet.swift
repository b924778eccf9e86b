/// Which of the 256 byte values occurred.
struct ByteSet {
  private var words = InlineArray<4, UInt64>(repeating: 0)

  /// How many.
  var count: Int {
    words[0].nonzeroBitCount + words[1].nonzeroBitCount + words[2].nonzeroBitCount + words[3].nonzeroBitCount
  }

  /// Adds the bytes of `range`.
  mutating func insert(contentsOf bytes: RawSpan, in range: Range<Int>) {
    for offset in range {
      let byte = bytes.byte(at: offset)
      words[Int(byte >> 6)] |= 1 << UInt64(byte & 63)
    }
  }
}
