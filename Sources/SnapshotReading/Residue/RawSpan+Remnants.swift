import ByteViews
import KubernetesStorage

/// Bytes of a page that nothing accounts for, by what they look like.
extension RawSpan {
  /// Where what is not zero ends. An object in protobuf has a zero byte as its last one, the length of an empty
  /// contentType.
  var endOfContent: Int {
    var end = byteCount
    while end >= 8, isZero(in: end - 8..<end) { end -= 8 }
    while end > 0, byte(at: end - 1) == 0 { end -= 1 }
    let endsInTag = end >= 3 && byte(at: end - 3) == 0x1A && byte(at: end - 2) == 0 && byte(at: end - 1) == 0x22
    return endsInTag && end < byteCount ? end + 1 : end
  }

  /// Whether all of these bytes could be ciphertext: there is no text among them of more than some sixty bytes.
  ///
  /// Half of the bytes of ciphertext have their highest bit set, and none of text in ASCII: of 128 random bytes, fewer than
  /// 32 do once in a hundred million times. Other text shows in how few byte values it has. O(n).
  var isLikeCiphertext: Bool {
    guard byteCount >= 128 else {
      return byteCount < 8 || !hasText(of: 16) && looksRandom(in: 0..<byteCount)
    }
    var start = 0
    while start + 128 <= byteCount {
      guard highBits(in: start..<start + 128) >= 32 else { return false }
      start += 128
    }
    return highBits(in: byteCount - 128..<byteCount) >= 32 && !holdsText
  }

  /// Whether some of these bytes are far from random: of every 512, 128 are looked at.
  var holdsText: Bool {
    var start = 0
    while start < byteCount {
      if !looksRandom(in: start..<Swift.min(start + 128, byteCount)) { return true }
      start += 512
    }
    return false
  }

  /// Whether a file that is packed, or encrypted by another program, seems to begin here.
  var beginsLikePackedFile: Bool {
    let magics: [[UInt8]] = [
      [0x1F, 0x8B, 0x08], [0x28, 0xB5, 0x2F, 0xFD], [0x04, 0x22, 0x4D, 0x18], [0xFD, 0x37, 0x7A, 0x58, 0x5A],
      Array("BZh".utf8), Array("PK\u{3}\u{4}".utf8), [0x37, 0x7A, 0xBC, 0xAF],
      Array("Salted__".utf8),
    ]
    return magics.contains { holds($0, at: 0) }
  }

  /// How many of these bytes are `wanted`. O(n), many at a time.
  package func count(of wanted: UInt8) -> Int {
    var count = 0
    for offset in 0..<byteCount {
      // Sound: the offset lies inside, and any byte is a UInt8.
      count &+= unsafe unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self) == wanted ? 1 : 0
    }
    return count
  }

  /// Whether so many printable bytes stand side by side.
  private func hasText(of length: Int) -> Bool {
    var run = 0
    for offset in 0..<byteCount {
      run = (0x20..<0x7F).contains(byte(at: offset)) ? run + 1 : 0
      if run == length { return true }
    }
    return false
  }

  /// How many of the bytes of `range`, a multiple of eight, have their highest bit set.
  private func highBits(in range: Range<Int>) -> Int {
    var count = 0
    for offset in stride(from: range.lowerBound, to: range.upperBound, by: 8) {
      count += (word(at: offset) & 0x8080_8080_8080_8080).nonzeroBitCount
    }
    return count
  }
}
