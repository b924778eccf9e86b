/// Where the key or plugin name of one envelope may end: offsets of colons, ascending, at most eight.
///
/// Key names may hold colons (apiserver apis/apiserver/validation/validation_encryption.go demands no more than that
/// they are not empty), and so may IVs and nonces. Which of several ends is the true one shows across many values: the
/// bytes after the true name don't repeat.
public struct NameEnds: RandomAccessCollection, Hashable, Sendable {
  /// The most ends that are kept; the first ones are.
  public static let capacity = 8

  // A prefix of at most 21 bytes, a name of at most 256: offsets fit 16 bits.
  private var offsets = InlineArray<8, UInt16>(repeating: 0)
  private var used: UInt8 = 0

  /// No ends.
  init() {}

  /// One end.
  package init(_ offset: Int) { append(offset) }

  /// 0, as for an array.
  public var startIndex: Int { 0 }
  /// How many ends there are.
  public var endIndex: Int { Int(used) }
  /// Offset in the classified value of the colon that ends the name. O(1).
  public subscript(position: Int) -> Int {
    precondition(position < endIndex, "no such end")
    return Int(offsets[position])
  }

  /// Adds an end, unless there are `capacity` of them.
  mutating func append(_ offset: Int) {
    guard endIndex < Self.capacity, let offset = UInt16(exactly: offset) else { return }
    offsets[endIndex] = offset
    used += 1
  }

  /// Equal when they hold the same offsets.
  public static func == (one: NameEnds, other: NameEnds) -> Bool { one.elementsEqual(other) }

  /// Hashes the offsets.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(used)
    for offset in self { hasher.combine(offset) }
  }
}
