import ByteViews

/// Counts, block by block and over all of it, how many bytes of what must be ciphertext have their high bit set.
///
/// Of random bytes each has it with a chance of one half, whatever the others are; ASCII never has it, and neither have
/// JSON, YAML, base64 or hexadecimal. So a text shows wherever it stands, between whatever it was put.
///
/// | what is counted | random bytes | far from random | of random ones |
/// |---|---|---|---|
/// | 64 bytes, from each multiple of 32 on | 32 ± 4 | at most 1, and 52 are printable or zero; or at least 63 | 7.0 · 10⁻¹⁸ |
/// | 256 bytes, one after the other | 128 ± 8 | at most 60, or at least 196 | 5.0 · 10⁻¹⁸ |
/// | all n bytes, of 256 and more | n/2 ± √n/2 | 7.5 deviations away | 6.4 · 10⁻¹⁴ |
///
/// A value of 1.5 MiB, the longest that etcd takes by default, has 49 152 of the first and 6144 of the second: random ones
/// are taken for something else once in 2 · 10¹² values of that length. 95 bytes of ASCII show wherever they stand.
///
/// An object is shorter, or holds binary data. Therefore the beginning of one is looked for wherever 32 bytes have 9 high
/// bits or fewer, as one random block in a hundred has: ``ObjectMarker``, which random bytes do not match.
struct CiphertextCensus {
  /// Whether the bytes are as random as they must be.
  private(set) var looksRandom = true
  /// The first object in the clear, if it gives itself away between random bytes.
  private(set) var object: ObjectMarker?

  /// Bytes of the blocks that are counted one by one.
  fileprivate static let blockBytes = 32
  /// Of fewer bytes, there is too little to count.
  static let leastBytes = 2 * blockBytes
  private static let blocksInGroup = 8
  /// Below and above these, a closer look is due.
  private static let (fewHighBits, manyHighBits) = (9, 30)

  private let range: Range<Int>
  /// Before it, objects have been looked for.
  private var searchedEnd: Int
  private var total = 0

  /// Judges `range` of `value`, which is no shorter than ``leastBytes``. O(length), of random bytes some 0.1 ns for each.
  init(of value: RawSpan, in range: Range<Int>) {
    assert(range.count >= Self.leastBytes)
    self.range = range
    searchedEnd = range.lowerBound
    var previous = Self.blockBytes / 2
    var offset = range.lowerBound
    let groupBytes = Self.blocksInGroup * Self.blockBytes
    while range.upperBound - offset >= groupBytes, object == nil {
      let before = total
      for _ in 0..<Self.blocksInGroup { count(in: value, at: &offset, &previous) }
      if !(61..<196).contains(total - before) { looksRandom = false }
    }
    while range.upperBound - offset >= Self.blockBytes, object == nil { count(in: value, at: &offset, &previous) }
    judgeTotal(ofBytes: offset - range.lowerBound)
    guard object == nil, offset < range.upperBound else { return }
    // What is left is counted with bytes from before.
    offset = range.upperBound - Self.blockBytes
    previous = value.highBits(at: offset - Self.blockBytes)
    count(in: value, at: &offset, &previous)
  }

  @inline(__always)
  private mutating func count(in value: RawSpan, at offset: inout Int, _ previous: inout Int) {
    let found = value.highBits(at: offset)
    total &+= found
    if UInt(bitPattern: found &- Self.fewHighBits &- 1) > UInt(Self.manyHighBits - Self.fewHighBits - 2) {
      examine(found, previous, in: value, at: offset)
    }
    previous = found
    offset &+= Self.blockBytes
  }

  /// Looks closer at the block at `offset`, in which `count` bytes have their high bit set, and `previous` in the one before.
  @inline(never)
  private mutating func examine(_ count: Int, _ previous: Int, in value: RawSpan, at offset: Int) {
    switch count + previous {
    case ...1:
      if value.isText(in: max(range.lowerBound, offset - Self.blockBytes)..<offset + Self.blockBytes) {
        looksRandom = false
      }
    case 63...: looksRandom = false
    default: break
    }
    guard count <= Self.fewHighBits, object == nil else { return }
    // The block may hold the end of a beginning.
    let start = max(searchedEnd, offset - Self.blockBytes)
    searchedEnd = max(searchedEnd, offset + Self.blockBytes)
    object = ObjectMarker(in: value, from: start..<searchedEnd)
  }

  private mutating func judgeTotal(ofBytes count: Int) {
    guard count >= Self.blocksInGroup * Self.blockBytes else { return }
    let distance = 2 * total - count
    // 7.5 deviations are 7.5 · √count / 2.
    if 4 * distance * distance > 225 * count { looksRandom = false }
  }
}

extension RawSpan {
  /// Whether of these bytes, so few of which have their high bit set, four in five are printable or zero, as they are in
  /// UTF-16 and in padding.
  fileprivate func isText(in range: Range<Int>) -> Bool {
    var count = 0
    for offset in range where byte(at: offset).isPrintable || byte(at: offset) == 0 { count += 1 }
    return 5 * count >= 4 * range.count
  }

  /// How many of the ``CiphertextCensus/blockBytes`` bytes from `offset` on, which lie inside, have their high bit set.
  @inline(__always)
  fileprivate func highBits(at offset: Int) -> Int {
    let marks = vector(at: offset).highBitOfEach &+ vector(at: offset &+ 16).highBitOfEach
    // Sound: sixteen bytes are two words.
    let words = unsafe unsafeBitCast(marks, to: SIMD2<UInt64>.self)
    // Four at most in each byte: the highest byte of the product is the sum of all eight.
    return Int(truncatingIfNeeded: ((words[0] &+ words[1]) &* 0x0101_0101_0101_0101) >> 56)
  }
}

extension SIMD16<UInt8> {
  @inline(__always)
  fileprivate var highBitOfEach: SIMD16<UInt8> { self &>> 7 }
}
