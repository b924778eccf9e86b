import ByteViews

/// Bits that are read from the last one to the first, as zstd writes its entropy-coded streams (RFC 8878 §4.1).
///
/// The highest bit that is set in the last byte marks the end and is none of them.
struct BackwardBits: ~Escapable {
  private let bytes: RawSpan
  /// Bits that were not read; below zero when more were read than there are, which came as zeros.
  private(set) var left: Int

  /// The bits of `bytes`; nil where no bit marks the end.
  @_lifetime(copy bytes)
  init?(_ bytes: RawSpan) {
    guard bytes.byteCount > 0, case let last = bytes.byte(at: bytes.byteCount - 1), last != 0 else { return nil }
    self.bytes = bytes
    left = 8 * bytes.byteCount - last.leadingZeroBitCount - 1
  }

  /// The next `count` bits, 32 at most, which stay.
  func peek(_ count: Int) -> Int {
    var value = 0
    let first = left - count
    for index in max(0, first >> 3)..<max(0, (left + 7) >> 3) {
      let shift = 8 * index - first
      let byte = Int(bytes.byte(at: index))
      value |= shift >= 0 ? byte << shift : byte >> -shift
    }
    return value & (1 << count - 1)
  }

  /// Takes the next `count` bits, 32 at most.
  mutating func take(_ count: Int) -> Int {
    let value = peek(count)
    left -= count
    return value
  }

  /// Passes over `count` bits.
  mutating func skip(_ count: Int) { left -= count }
}
