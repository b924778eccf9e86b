import ByteViews

/// Some bytes, 8 to 64 of them, held inline to compare others with.
@frozen
public struct ShortBytes: Sendable {
  /// How many there can be.
  public static let range = 8...64

  /// How many there are.
  public let count: Int
  /// The bytes, the first of each word lowest. Of a number that is no multiple of eight, the last word overlaps the one
  /// before.
  @usableFromInline
  var words: InlineArray<8, UInt64>

  /// A copy of `bytes`; nil when these are too few or too many.
  public init?(_ bytes: RawSpan) {
    guard Self.range.contains(bytes.byteCount) else { return nil }
    count = bytes.byteCount
    words = InlineArray(repeating: 0)
    for index in 0..<(count + 7) / 8 { words[index] = bytes.word(at: min(8 * index, count - 8)) }
  }

  /// Whether `bytes` begin with these. O(count), without allocation.
  @inlinable
  public func begin(_ bytes: RawSpan) -> Bool {
    guard bytes.byteCount >= count else { return false }
    var offset = 0
    var index = 0
    while offset < count {
      // Sound: there are `count` bytes, which are eight or more, and any eight are a UInt64.
      let word = unsafe bytes.unsafeLoadUnaligned(
        fromUncheckedByteOffset: min(offset, count - 8), as: UInt64.self)
      guard UInt64(littleEndian: word) == words[index] else { return false }
      offset += 8
      index += 1
    }
    return true
  }
}
