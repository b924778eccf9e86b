import KubernetesStorage

/// The kinds of values met, each kept once, with the names they need.
package struct KindTable: Sendable {
  /// A kind's number.
  package typealias ID = UInt16
  /// The most kinds that are told apart by their names.
  package static let capacity = 1 << 15

  package private(set) var kinds: [ValueKind] = []
  package private(set) var names = NameTable()
  private var ids: [ValueKind: ID] = [:]

  /// The number of the kind of `value`. Allocates nothing for a kind that is known.
  ///
  /// - Parameter nameEnd: where the name of the key ends, if that is known.
  package mutating func intern(
    _ classification: Classification, _ traits: ValueTraits, of value: RawSpan, nameEnd: Int? = nil
  ) -> ID {
    var kind = ValueKind(
      valueClass: classification.valueClass, encoding: classification.encoding,
      provider: classification.envelope?.provider, reason: classification.reason, traits: traits)
    if let envelope = classification.envelope, kinds.count < Self.capacity {
      kind.keyNames = keyNames(of: envelope, in: value, end: nameEnd)
      if let keyID = envelope.keyID { kind.keyID = names.intern(value.extracting(keyID)) ?? 0 }
    }
    return ids[kind] ?? add(kind)
  }

  /// The number of the kind of an object in the clear.
  package mutating func intern(plaintext encoding: Encoding, _ traits: ValueTraits) -> ID {
    let kind = ValueKind(valueClass: .plaintext, encoding: encoding, provider: nil, reason: nil, traits: traits)
    return ids[kind] ?? add(kind)
  }

  /// Whether kinds are no longer told apart by their names.
  package var isFull: Bool { kinds.count >= Self.capacity || names.isFull }

  /// Takes over the kinds of `other`, which was copied from the same empty table; answers what the numbers of `other`
  /// are here.
  package mutating func join(_ other: KindTable) -> [ID] {
    let nameIDs = names.join(other.names)
    return other.kinds.map { kind in
      var kind = kind
      guard kinds.count < Self.capacity else {
        kind.keyNames = SIMD8()
        kind.keyID = 0
        return ids[kind] ?? add(kind)
      }
      for index in kind.keyNames.indices { kind.keyNames[index] = nameIDs[Int(kind.keyNames[index])] }
      kind.keyID = nameIDs[Int(kind.keyID)]
      return ids[kind] ?? add(kind)
    }
  }

  private mutating func add(_ kind: ValueKind) -> ID {
    let id = ID(kinds.count)
    kinds.append(kind)
    ids[kind] = id
    return id
  }

  private mutating func keyNames(of envelope: Envelope, in value: RawSpan, end: Int?) -> SIMD8<NameTable.ID> {
    var found = SIMD8<NameTable.ID>()
    guard let first = envelope.keyName else { return found }
    if let end {
      found[0] = names.intern(value.extracting(first.lowerBound..<end)) ?? 0
      return found
    }
    var count = 0
    for end in envelope.candidateNameEnds where count < found.scalarCount {
      guard let id = names.intern(value.extracting(first.lowerBound..<end)) else { continue }
      found[count] = id
      count += 1
    }
    return found
  }
}
