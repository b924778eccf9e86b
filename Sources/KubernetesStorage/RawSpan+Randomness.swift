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
      return hasDistinctBytes(
        moreThan: sample.count / 2, in: sample.prefix(window), sample.dropFirst(window).prefix(window),
        sample.dropFirst(2 * window))
    }
    let last = range.upperBound - window
    let first = range.lowerBound + window
    let middle = first + (last - first) / 2
    return hasDistinctBytes(
      moreThan: 3 * window / 2, in: first..<(first + window), middle..<(middle + window), last..<(last + window))
  }

  /// Whether more than `limit` byte values occur in the ranges, which must not hold more than 255 bytes together. The last
  /// range is looked at only where the others have too few: of random bytes, 128 mostly have as many as are asked of 192.
  private func hasDistinctBytes(
    moreThan limit: Int, in first: Range<Int>, _ middle: Range<Int>, _ last: Range<Int>
  ) -> Bool {
    // One flag for each value: unlike bits of a word, they are set without waiting for one another.
    unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { flags in
      unsafe flags.initialize(repeating: 0)
      // Sound: memory of 256 bytes has an address.
      let flags = unsafe flags.baseAddress.unsafelyUnwrapped
      unsafe mark(first, in: flags)
      unsafe mark(middle, in: flags)
      if unsafe count(flags) > limit { return true }
      unsafe mark(last, in: flags)
      return unsafe count(flags) > limit
    }
  }

  /// How many of 256 flags are set, 255 at most.
  @inline(__always)
  private func count(_ flags: UnsafeMutablePointer<UInt8>) -> Int {
    var sums = SIMD16<UInt8>()
    for offset in stride(from: 0, to: 256, by: 16) {
      // Sound: there are 256 flags, and any sixteen bytes are a vector.
      unsafe sums &+= UnsafeRawPointer(flags).loadUnaligned(fromByteOffset: offset, as: SIMD16<UInt8>.self)
    }
    return Int(sums.wrappedSum())
  }

  /// Sets the flag of each byte in `range` to 1, of 256 flags.
  @inline(__always)
  private func mark(_ range: Range<Int>, in flags: UnsafeMutablePointer<UInt8>) {
    let bytes = extracting(range)
    for offset in 0..<bytes.byteCount {
      // Sound: the offset lies inside, any byte is a UInt8, and there is a flag for each.
      unsafe flags[Int(bytes.unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self))] = 1
    }
  }
}
