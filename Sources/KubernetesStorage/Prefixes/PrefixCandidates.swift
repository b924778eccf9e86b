extension PrefixTable {
  /// Names an interned prefix within one table. Never given to a second prefix.
  @frozen
  public struct ID: Hashable, Sendable {
    @usableFromInline
    let number: UInt32

    init(_ number: UInt32) {
      self.number = number
    }

    /// The position among the prefixes of the table.
    @inlinable
    package var index: Int { Int(number) }
  }

  /// A prefix below which a key is in scope.
  @frozen
  public struct Candidate: Hashable, Sendable {
    /// The prefix.
    public let id: ID
    // As wide as the id: padding would make the copies of these small values slow.
    @usableFromInline
    let length: UInt32
    /// Which directory layout lies below the prefix.
    public let tree: StorageTree
    /// What the row says for the prefix.
    public internal(set) var evidence: PrefixEvidence

    init(id: ID, prefixBytes: Int, tree: StorageTree, evidence: PrefixEvidence = .none) {
      self.id = id
      self.length = UInt32(clamping: prefixBytes)
      self.tree = tree
      self.evidence = evidence
    }

    /// The prefix's length, for `ResourcePath.init(key:prefixBytes:tree:)`.
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
    /// The prefix of which the key is that of a system namespace.
    public internal(set) var namespacePrefix: ID?

    init() {
      slots = InlineArray(repeating: Candidate(id: ID(0), prefixBytes: 0, tree: .kubernetes))
      count = 0
    }

    /// Takes over what `others` say for the same prefixes.
    mutating func takeEvidence(of others: Candidates) {
      for position in 0..<count {
        for other in others where other.id == slots[position].id { slots[position].evidence = other.evidence }
      }
    }

    /// Adds one; there must be room.
    mutating func append(_ candidate: Candidate) {
      slots[count] = candidate
      count += 1
    }

    /// Puts one in by the length of its prefix; of too many, the longest is left out.
    mutating func insert(_ candidate: Candidate) {
      if count < Self.capacity {
        count += 1
      } else if slots[count - 1].length <= candidate.length {
        return
      }
      var position = count - 1
      while position > 0, slots[position - 1].length > candidate.length {
        slots[position] = slots[position - 1]
        position -= 1
      }
      slots[position] = candidate
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
