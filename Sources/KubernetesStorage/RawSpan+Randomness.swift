extension RawSpan {
  /// Whether the bytes of `range` could be ciphertext. At most 192 of them are looked at.
  ///
  /// - From 128 bytes on: how many of the 256 byte values occur in n sampled bytes. Random bytes show 256 · (1 −
  ///   (255/256)^n) of them, 135 ± 5 of 192 and 101 ± 4 of 128; text, hexadecimal, base64 and padding stay at or below
  ///   n / 2, which for random bytes is more than eight standard deviations away.
  /// - From 48 bytes on: printable ASCII, 38 % of random bytes, stays at or below 85 %.
  /// - Fewer bytes tell nothing.
  func looksRandom(in range: Range<Int>) -> Bool {
    switch range.count {
    case ..<48: return true
    case ..<128: return !isMostlyPrintable(in: range)
    default: return hasManyByteValues(in: range)
    }
  }

  private func isMostlyPrintable(in range: Range<Int>) -> Bool {
    var printable = 0
    for offset in range where byte(at: offset).isPrintable { printable += 1 }
    return printable * 100 > range.count * 85
  }

  /// Looks at all of up to 192 bytes; of more, at three windows of 64 bytes, the first of them behind 64 bytes that may
  /// be an IV, a nonce or headers before text.
  private func hasManyByteValues(in range: Range<Int>) -> Bool {
    let window = 64
    var seen = ByteSet()
    guard range.count >= 4 * window else {
      let sample = range.suffix(3 * window)
      seen.insert(contentsOf: self, in: sample)
      return seen.count * 2 > sample.count
    }
    let last = range.upperBound - window
    let first = range.lowerBound + window
    let middle = first + (last - first) / 2
    seen.insert(contentsOf: self, in: first..<(first + window))
    seen.insert(contentsOf: self, in: middle..<(middle + window))
    seen.insert(contentsOf: self, in: last..<(last + window))
    return seen.count * 2 > 3 * window
  }
}
