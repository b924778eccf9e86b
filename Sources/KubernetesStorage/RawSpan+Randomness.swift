extension RawSpan {
  /// Whether the bytes of `range` could be ciphertext. At most 192 of them are looked at.
  ///
  /// - From 128 bytes on: how many of the 256 byte values occur in n sampled bytes. Random bytes show 256 · (1 −
  ///   (255/256)^n) of them, 135 ± 5 of 192 and 101 ± 4 of 128; text, hexadecimal, base64 and padding stay at or below
  ///   n / 2, which for random bytes is more than eight standard deviations away.
  /// - From 48 bytes on: printable ASCII, 38 % of random bytes, stays at or below 85 %.
  /// - Fewer bytes tell nothing.
  package func looksRandom(in range: Range<Int>) -> Bool {
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
    guard range.count >= 4 * window else {
      let sample = range.suffix(3 * window)
      return distinctBytes(in: sample, sample.suffix(0), sample.suffix(0)) * 2 > sample.count
    }
    let last = range.upperBound - window
    let first = range.lowerBound + window
    let middle = first + (last - first) / 2
    return distinctBytes(in: first..<(first + window), middle..<(middle + window), last..<(last + window)) * 2 > 3
      * window
  }

  /// How many byte values occur in the ranges, which must not hold more than 255 bytes together.
  private func distinctBytes(in first: Range<Int>, _ middle: Range<Int>, _ last: Range<Int>) -> Int {
    // One flag for each value: unlike bits of a word, they are set without waiting for one another.
    unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { flags in
      unsafe flags.initialize(repeating: 0)
      unsafe mark(first, in: flags)
      unsafe mark(middle, in: flags)
      unsafe mark(last, in: flags)
      var count: UInt8 = 0
      for value in 0..<256 { count &+= unsafe flags[value] }
      return Int(count)
    }
  }

  /// Sets the flag of each byte in `range` to 1, of 256 flags.
  @inline(__always)
  private func mark(_ range: Range<Int>, in flags: UnsafeMutableBufferPointer<UInt8>) {
    let bytes = extracting(range)
    for offset in 0..<bytes.byteCount {
      // Sound: the offset lies inside, any byte is a UInt8, and there is a flag for each.
      unsafe flags[Int(bytes.unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self))] = 1
    }
  }
}
