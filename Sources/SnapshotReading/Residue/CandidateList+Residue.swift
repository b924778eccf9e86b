import BoltFormat
import ByteViews
import EtcdStorage
import KubernetesStorage

extension CandidateList {
  /// Takes in a row that lies in bytes that no page in use may own, if its value is in the clear and may be in scope. Its
  /// message starts at `offset` of the file.
  ///
  /// - Parameter examined: grows by the bytes that had to be unfolded, beside those of the row.
  package mutating func add(
    residue row: borrowing KeyValueRemnant, _ revision: Revision, at offset: UInt64, isSlack: Bool,
    examined: inout Int, digest: (RawSpan) -> KeyDigest
  ) {
    let key = row.keyValue.key
    let value = row.keyValue.value
    let prefixesAbove = prefixes.observe(key: key, value: value)
    guard !prefixesAbove.isEmpty else { return }
    let classification = Classification(of: value, examined: &examined)
    let traits = ValueTraits(key: key, value: value, head: heads.head(of: value))
    guard let kind = plaintextKind(of: value, classification, traits) else { return }
    var candidate = Candidate(
      digest: digest(key), revision: revision, messageOffset: offset,
      messageBytes: UInt32(row.keyValue.message.byteCount), valueStart: UInt32(row.keyValue.valueRange.lowerBound),
      valueBytes: UInt32(row.valueBytes), version: UInt32(clamping: row.keyValue.version), kind: kind, place: .outside)
    candidate.role = .residueRow
    candidate.isSlack = isSlack
    names?.keepResidue(row.keyValue.boundedKey, row.keyValue.remnantOutline, at: offset)
    if kept != nil {
      let object = row.isCut ? nil : classification.object
      let contents = object.flatMap { contentDigest(of: value.extracting($0)) }
      kept?.add(candidate, number: candidates.count, key: key, contents: contents)
    }
    for prefix in prefixesAbove {
      guard let path = ResourcePath(key: key, prefixBytes: prefix.prefixBytes, tree: prefix.tree) else { continue }
      candidate.place = Candidate.Place(prefix: prefix.id, resource: resources.intern(path, of: key))
      candidate.evidence = prefix.evidence
      candidates.append(candidate)
    }
  }

  /// The kind of a value in the clear, of which the end may be missing; nil of any other value.
  private mutating func plaintextKind(
    of value: RawSpan, _ classification: Classification, _ traits: ValueTraits
  ) -> KindTable.ID? {
    if classification.valueClass == .plaintext { return kinds.intern(classification, traits, of: value) }
    // Text is recognised as an object by all of it.
    guard classification.valueClass == .unrecognized, let object = ObjectRemnant(in: value, at: 0) else { return nil }
    return kinds.intern(plaintext: object.encoding, traits)
  }

  /// Takes in an object of `resource` without its row, of which `bytes`, from `offset` of the file on, are left.
  package mutating func add(
    residue object: ObjectRemnant, of resource: GroupResource, at offset: UInt64, _ bytes: RawSpan, isSlack: Bool
  ) {
    let byteCount = bytes.byteCount
    let tree = object.builtIn.map { BuiltInResource[$0].tree } ?? .kubernetes
    let prefix = EtcdPrefix(tree == .openShift ? "/openshift.io" : "/registry")
    let home = ResourcePath.key(
      below: prefix, of: resource, namespace: object.outline.namespace.isEmpty ? nil : object.outline.namespace,
      name: object.outline.name)
    let key = home.rawSpan
    guard let path = ResourcePath(key: key, prefixBytes: prefix.bytes.count, tree: tree) else { return }
    var candidate = Candidate(
      digest: .none, revision: Revision(main: 0, sub: 0), messageOffset: offset, messageBytes: UInt32(byteCount),
      valueStart: 0, valueBytes: UInt32(clamping: object.byteCount ?? byteCount), version: 0,
      kind: kinds.intern(plaintext: object.encoding, ValueTraits(object: object.builtIn)),
      place: Candidate.Place(prefix: nil, resource: resources.intern(path, of: key)))
    candidate.role = .residueObject
    candidate.isSlack = isSlack
    names?.keepResidue(nil, object.outline, at: offset)
    if kept != nil {
      let contents = object.isCut ? nil : contentDigest(of: bytes)
      let rest = key.extracting(droppingFirst: prefix.bytes.count)
      kept?.add(candidate, number: candidates.count, key: rest, contents: contents)
    }
    candidates.append(candidate)
  }

  /// A list of the values in the clear and in scope among these rows that lie in bytes that no page owns.
  package func unowned(_ ownership: PageOwnership) -> CandidateList {
    var unowned = self
    unowned.candidates = SegmentedArray()
    for var candidate in candidates where !ownership.owns(candidate) {
      // Only values have a kind.
      if candidate.role == .value {
        let kind = kinds.kinds[Int(candidate.kind)]
        if kind.valueClass == .plaintext, candidate.isInScope {
          candidate.role = .residueRow
        } else if kind.valueClass != .encrypted, let object = kind.traits.object, scope.covers(object) {
          // YAML in a style of its own, for instance: no reader takes it for a value, but it is an object.
          candidate = candidate.withoutRow(of: object)
        }
      }
      if candidate.isResidue { unowned.candidates.append(candidate) }
    }
    if let kept { unowned.kept = kept.lying(at: Set(unowned.candidates.lazy.map(\.messageOffset))) }
    return unowned
  }
}

extension Candidate {
  /// The object of `resource` that the value is, which lies under the key of another one.
  fileprivate func withoutRow(of resource: BuiltInResource.ID) -> Candidate {
    var object = Candidate(
      digest: .none, revision: Revision(main: 0, sub: 0), messageOffset: valueOffset, messageBytes: valueBytes,
      valueStart: 0, valueBytes: valueBytes, version: 0, kind: kind,
      place: Place(prefix: nil, resource: ResourceTable.ID(resource.index)))
    object.role = .residueObject
    return object
  }
}

extension KeyValue {
  /// What the object in the clear that is the value tells of itself, as far as it is there; nil when it is none.
  var remnantOutline: ObjectOutline? {
    let value = value
    return ObjectRemnant(in: value, at: Classification(of: value).object?.lowerBound ?? 0)?.outline
  }
}
