extension PrefixTable {
  /// Names an interned prefix within one table. Never given to a second prefix.
  @frozen
  public struct ID: Hashable, Sendable {
    @usableFromInline
    let number: UInt32

    init(_ number: UInt32) {
      self.number = number
    }
  }

  /// A prefix below which a key is the path of a Secret.
  @frozen
  public struct Candidate: Hashable, Sendable {
    /// The prefix.
    public let id: ID
    // As wide as the id: padding would make the copies of these small values slow.
    @usableFromInline
    let length: UInt32

    init(id: ID, prefixBytes: Int) {
      self.id = id
      self.length = UInt32(clamping: prefixBytes)
    }

    /// The prefix's length, for `SecretPath.init(key:prefixBytes:)`.
    @inlinable
    public var prefixBytes: Int { Int(length) }
  }

  /// At most four candidates, the shortest prefix first. Held inline: nothing is allocated.
  @frozen
  public struct Candidates: RandomAccessCollection, Sendable {
    /// How many a key may have.
    static let capacity = 4

    @usableFromInline
    var slots: InlineArray<4, Candidate>
    /// How many there are.
    public private(set) var count: Int

    init() {
      slots = InlineArray(repeating: Candidate(id: ID(0), prefixBytes: 0))
      count = 0
    }

    /// Adds one; there must be room.
    mutating func append(_ candidate: Candidate) {
      slots[count] = candidate
      count += 1
    }

    /// Always 0.
    @inlinable
    public var startIndex: Int { 0 }

    /// The count.
    @inlinable
    public var endIndex: Int { count }

    /// The candidate at `position`, which must be less than the count.
    @inlinable
    public subscript(position: Int) -> Candidate {
      precondition(position < count)
      return slots[position]
    }
  }
}
