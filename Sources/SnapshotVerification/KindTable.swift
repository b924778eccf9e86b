import KubernetesStorage

/// The kinds of values met, each kept once, with the names they need.
struct KindTable: Sendable {
  /// A kind's number.
  typealias ID = UInt16
  /// The most kinds that are told apart by their names.
  static let capacity = 1 << 15

  private(set) var kinds: [ValueKind] = []
  private(set) var names = NameTable()
  private var ids: [ValueKind: ID] = [:]
  /// The kind interned last: most values are of the kind of the one before.
  private var last: (kind: ValueKind, id: ID)?

  /// The number of the kind of `value`. Allocates nothing for a kind that is known.
  mutating func intern(_ classification: Classification, of value: RawSpan) -> ID {
    var kind = ValueKind(
      valueClass: classification.valueClass, encoding: classification.encoding,
      provider: classification.envelope?.provider, reason: classification.reason)
    if let envelope = classification.envelope, kinds.count < Self.capacity {
      kind.keyNames = keyNames(of: envelope, in: value)
      if let keyID = envelope.keyID { kind.keyID = names.intern(value.extracting(keyID)) ?? 0 }
    }
    if let last, last.kind == kind { return last.id }
    let id = ids[kind] ?? add(kind)
    last = (kind, id)
    return id
  }

  private mutating func add(_ kind: ValueKind) -> ID {
    let id = ID(kinds.count)
    kinds.append(kind)
    ids[kind] = id
    return id
  }

  private mutating func keyNames(of envelope: Envelope, in value: RawSpan) -> SIMD8<NameTable.ID> {
    var found = SIMD8<NameTable.ID>()
    guard let first = envelope.keyName else { return found }
    var count = 0
    for end in envelope.candidateNameEnds where count < found.scalarCount {
      guard let id = names.intern(value.extracting(first.lowerBound..<end)) else { continue }
      found[count] = id
      count += 1
    }
    return found
  }
}
