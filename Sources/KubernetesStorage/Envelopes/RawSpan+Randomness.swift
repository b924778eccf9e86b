import ByteViews

extension RawSpan {
  /// Whether the bytes of `range` could be ciphertext. At most 192 of them are looked at; ``CiphertextCensus`` looks at all.
  ///
  /// - From 128 bytes on: how many of the 256 byte values occur in n sampled bytes. Random bytes show 256 · (1 −
  ///   (255/256)^n) of them, 135 ± 5 of 192 and 101 ± 4 of 128; text, hexadecimal, base64 and padding stay at or below
  ///   n / 2, which for random bytes is more than eight standard deviations away.
  /// - From 30 bytes on: printable ASCII with tabs and ends of lines, 38 % of random bytes. All of 30 bytes are so once in
  ///   3 · 10¹² times; of more, as many are allowed as random bytes exceed less often than that.
  /// - Of 42 to 63 bytes: bytes with a high bit, of which random ones have half. None of 42 bytes has one, or each of them,
  ///   once in 2 · 10¹² times; of more, few are allowed enough that random bytes have them once in 10¹² times or less.
  /// - Fewer bytes tell nothing: no provider writes less than 28 for nonce and tag.
  package func looksRandom(in range: Range<Int>) -> Bool {
    switch range.count {
    case ..<30: true
    case ..<128: !isText(in: range)
    default: hasManyByteValues(in: range)
    }
  }

  /// Printable at 30 bytes are all of them, at 64 bytes 55, at 127 bytes 100; without a high bit, or with one, at 42 bytes
  /// all, at 47 bytes all but one, at 62 bytes all but four.
  private func isText(in range: Range<Int>) -> Bool {
    var printable = 0
    var high = 0
    for offset in range {
      let byte = byte(at: offset)
      if byte.isPrintable { printable += 1 }
      if byte >= 0x80 { high += 1 }
    }
    return 32 * (printable - 30) >= 23 * (range.count - 30)
      || range.count < 64 && 5 * min(high, range.count - high) <= range.count - 42
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
