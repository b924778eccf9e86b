import BoltFormat
import Cryptography
import EtcdStorage
import KubernetesStorage
import VerificationModel

/// The rows that may matter to a verdict, and what is needed to tell, of each, why.
///
/// Allocates nothing for a row that does not matter. One that may costs the bytes of a ``Candidate``.
package struct CandidateList: Sendable {
  /// The etcd prefixes met.
  package var prefixes: PrefixTable
  /// The resources met.
  package var resources = ResourceTable()
  /// The custom resources that definitions in the clear name.
  package internal(set) var definitions: Set<GroupResource> = []
  private(set) var definitionsMet: [GroupResource] = []
  /// The API servers that mirror pods in the clear tell of; looked for in a whole store only.
  package internal(set) var apiServers = APIServerList()
  /// The kinds of values met.
  package var kinds = KindTable()
  var heads = ObjectHeadCache()
  package var candidates = SegmentedArray<Candidate>()
  /// The names of the rows, if they are kept.
  package var names: KeptNames?
  /// What is kept of the rows for a listener, if there is one.
  package internal(set) var kept: KeptRows?
  private var demand: RowDemand?
  /// Where moved values come from.
  package private(set) var origins = MovedOrigins()
  /// What the rows tell of when revisions were; none where nobody asks.
  package private(set) var clocks: [RevisionClock]
  /// Judges values, if keys are at hand.
  private var judge: (any ValueJudging)?
  private let fingerprints = FingerprintMaker()
  /// What is in scope.
  package let scope: ResourceScope
  /// Which rows are kept.
  let extent: Extent
  private let readsDefinitions: Bool
  private let interest: ObjectInterest
  private var places = PlaceCache()
  private var envelopes = EnvelopeCache()
  /// How encrypted values of rows that do not matter begin.
  private var indifferentEnvelopes = EnvelopeCache()
  /// Where in the value of the row that was taken in last a Secret may lie that nobody would read there.
  private(set) var doubt: Range<Int>?
  /// The most definitions that are read.
  private static let definitionCapacity = 65_536

  /// Which rows are kept.
  package enum Extent: Sendable {
    /// Those in scope, and those that lie elsewhere but matter to it.
    case scope
    /// All that are no tombstones.
    case wholeStore
  }

  /// A list of what is in `scope` below the prefixes of `prefixes`.
  ///
  /// - Parameters:
  ///   - keepsNames: whether the rows can't be read again.
  ///   - judge: judges the encrypted values.
  ///   - demand: what is kept of the rows for a listener.
  ///   - clocks: tell of the moments of which is asked which revisions were before them.
  package init(
    scope: ResourceScope, prefixes: PrefixTable, extent: Extent = .scope, keepsNames: Bool = false,
    judge: (any ValueJudging)? = nil, keeping demand: RowDemand? = nil, clocks: [RevisionClock] = []
  ) {
    self.clocks = clocks
    self.judge = judge
    self.demand = demand
    kept = demand == nil ? nil : KeptRows()
    names = keepsNames ? KeptNames() : nil
    self.scope = scope
    self.prefixes = prefixes
    self.extent = extent
    readsDefinitions = scope.coversCustomResources
    interest = ObjectInterest(scope, readsDefinitions: scope.coversCustomResources)
  }

  /// An empty list for another pass, below the prefixes that this one found.
  package func forAnotherPass() -> CandidateList {
    CandidateList(
      scope: scope, prefixes: prefixes.forAnotherPass(), extent: extent, keepsNames: names != nil, judge: judge,
      keeping: demand, clocks: clocks)
  }

  /// Hands everything over, and leaves an empty list: nothing of it is copied when it changes then.
  mutating func take() -> CandidateList {
    var taken = forAnotherPass()
    swap(&taken, &self)
    return taken
  }

  /// The same empty list for another thread.
  package func forAnotherThread() -> CandidateList {
    var list = self
    list.judge = judge?.forAnotherThread()
    list.demand = demand?.forAnotherThread()
    return list
  }

  /// Takes in the row of this revision, no tombstone, whose message, of this layout, starts at `offset` of the file.
  /// `digest` gives the digest of its key, when it is asked for.
  ///
  /// A row that can't matter is told by a first look, and an encrypted one by others that were like it.
  @inline(__always)
  package mutating func add(
    _ message: RawSpan, _ layout: KeyValueLayout, _ revision: Revision, at offset: UInt64,
    digest: (RawSpan) -> KeyDigest
  ) {
    let key = message.extracting(layout.keyRange)
    let value = message.extracting(layout.valueRange)
    doubt = nil
    if !clocks.isEmpty, layout.version == 1 { clocks.note(value, revision.main) }
    guard !isIndifferent(key, value) else { return }
    if addKnown(message, layout, key, value, revision, at: offset, digest: digest) { return }
    guard let keyValue = try? KeyValue(decoding: message) else { return }
    add(keyValue, revision, at: offset, digest: digest)
  }

  /// Whether a first look tells that the row of `key` and `value` does not matter. No is not certain.
  @inline(__always)
  private mutating func isIndifferent(_ key: RawSpan, _ value: RawSpan) -> Bool {
    guard extent == .scope, prefixes.passesOver(key), !BootstrapData.isKey(key) else { return false }
    guard let head = heads.head(of: value) else { return !mayHideObject(value) }
    doubt = RowDoubt.behindObject(in: value)
    guard let object = head.builtIn else { return true }
    switch interest[object] {
    case .nothing: return true
    case .keys: return !KeyMaterial.isPresent(in: value)
    case .more: return false
    }
  }

  /// Whether `value`, which begins like no object, holds one in the clear all the same, behind a forged envelope for
  /// instance. O(length); of values that are encrypted with a key met lately, in a fraction of the time.
  private mutating func mayHideObject(_ value: RawSpan) -> Bool {
    if value.isEmpty || indifferentEnvelopes.envelope(of: value) != nil { return false }
    let classification = Classification(of: value)
    indifferentEnvelopes.note(value, classification, 0)
    if ObjectHead(hiddenIn: value, classification) != nil { return true }
    if RowDoubt.isIn(value: value, classification) { doubt = 0..<value.byteCount }
    return false
  }

  /// Takes in an encrypted row, if one of its directory went by before, and one encrypted with its key.
  private mutating func addKnown(
    _ message: RawSpan, _ layout: KeyValueLayout, _ key: RawSpan, _ value: RawSpan, _ revision: Revision,
    at offset: UInt64, digest: (RawSpan) -> KeyDigest
  ) -> Bool {
    guard names?.keepsEncrypted != true, let known = places.known(of: key, prefixes.changes),
      let envelope = envelopes.envelope(of: value)
    else { return false }
    var candidate = Candidate(
      digest: digest(key), revision: revision, messageOffset: offset, messageBytes: UInt32(message.byteCount),
      valueStart: UInt32(layout.valueRange.lowerBound), valueBytes: UInt32(value.byteCount),
      version: UInt32(clamping: layout.version), kind: envelope.kind, place: known.place)
    candidate.evidence = known.evidence
    candidate.nonce = NonceMark(
      of: value, envelope.head.provider, nameEnd: envelope.head.nameEnd, fingerprints: fingerprints)
    var contents: SHA256Digest?
    if let judge {
      guard let path = ResourcePath(key: key, prefixBytes: known.prefixBytes, tree: known.tree) else { return false }
      let judgement = judge.judge(
        EncryptedValue(
          key: key, path, prefixBytes: known.prefixBytes, value: value, envelope.head.provider,
          NameEnds(envelope.head.nameEnd)))
      // A key of another name than the one that was taken for it makes it a value of another kind.
      guard judgement.nameEnd.map({ $0 == envelope.head.nameEnd }) ?? true else { return false }
      take(judgement, &candidate)
      contents = judgement.contents
    }
    kept?.add(candidate, number: candidates.count, key: key, contents: contents)
    candidates.append(candidate)
    return true
  }

  /// Takes in the row of this revision, no tombstone, whose message starts at `offset` of the file. `digest` gives the
  /// digest of its key, when it is asked for.
  package mutating func add(
    _ keyValue: borrowing KeyValue, _ revision: Revision, at offset: UInt64, digest: (RawSpan) -> KeyDigest
  ) {
    let key = keyValue.key
    let value = keyValue.value
    if !clocks.isEmpty, keyValue.version == 1 { clocks.note(value, revision.main) }
    let prefixesAbove = prefixes.observe(key: key, value: value)
    var head = heads.head(of: value)
    var found: Classification?
    if head == nil {
      let classification = Classification(of: value)
      head = ObjectHead(hiddenIn: value, classification)
      found = classification
    }
    noteDoubt(value, head, found)
    let traits = ValueTraits(key: key, value: value, head: head)
    var candidate = Candidate(
      digest: .none, revision: revision, messageOffset: offset, messageBytes: UInt32(keyValue.message.byteCount),
      valueStart: UInt32(keyValue.valueRange.lowerBound), valueBytes: UInt32(value.byteCount),
      version: UInt32(clamping: keyValue.version), kind: 0, place: .outside)
    if let prefix = prefixesAbove.namespacePrefix { noteNamespace(candidate, below: prefix) }
    if readsDefinitions, traits.object == ValueTraits.definitions { noteDefinition(candidate, value) }
    candidate.isStray = found.map { isStray($0, key) } ?? false
    let isKept =
      extent == .wholeStore || candidate.isStray || BootstrapData.isKey(key) || matters(traits, key)
    guard isKept || !prefixesAbove.isEmpty else { return }
    candidate.digest = digest(key)
    let classification = found ?? Classification(of: value)
    let judgement = examine(&candidate, key, value, classification, prefixesAbove)
    candidate.kind = kinds.intern(
      classification, traits, of: value, nameEnd: judgement.authenticity.isOpened ? judgement.nameEnd : nil)
    if kept != nil {
      let contents = classification.object.flatMap { contentDigest(of: value.extracting($0)) } ?? judgement.contents
      kept?.add(candidate, number: candidates.count, key: key, contents: contents)
    }
    names?.keep(candidate, keyValue, isClear: classification.valueClass != .encrypted)
    if traits == .none { envelopes.note(value, classification, candidate.kind) }
    guard !prefixesAbove.isEmpty else {
      if extent == .wholeStore {
        candidate.place = Candidate.Place(prefix: nil, resource: resources.intern(unrelated: key))
      }
      return candidates.append(candidate)
    }
    let count = candidates.count
    defer {
      if extent == .wholeStore, candidates.count == count { candidates.append(candidate) }
    }
    for prefix in prefixesAbove {
      guard let path = ResourcePath(key: key, prefixBytes: prefix.prefixBytes, tree: prefix.tree) else { continue }
      candidate.place = Candidate.Place(prefix: prefix.id, resource: resources.intern(path, of: key))
      candidate.evidence = prefix.evidence
      candidates.append(candidate)
      if classification.valueClass == .encrypted, prefixesAbove.count == 1 {
        places.note(
          PlaceCache.Known(
            place: candidate.place, evidence: candidate.evidence, prefixBytes: prefix.prefixBytes, tree: prefix.tree),
          of: key, prefixes.changes)
      }
      if extent == .wholeStore, traits.object == ValueTraits.pods, path.isAPIServer(key) {
        apiServers.add(value, candidate.digest, revision)
      }
    }
  }

  private mutating func noteDoubt(_ value: RawSpan, _ head: ObjectHead?, _ hidden: Classification?) {
    doubt = nil
    if let hidden {
      // Of a head without a group, nobody knows what it is of.
      if head?.builtIn == nil, RowDoubt.isIn(value: value, hidden) { doubt = 0..<value.byteCount }
    } else if head?.builtIn.map({ !scope.covers($0) }) ?? true {
      doubt = RowDoubt.behindObject(in: value)
    }
  }

  /// The digest of the contents of `object`; nil where nobody asks for it.
  func contentDigest(of object: RawSpan) -> SHA256Digest? { demand?.digests?.digest(of: object) }

  /// Marks the nonce of an encrypted value, and judges the value if keys are at hand.
  private mutating func examine(
    _ candidate: inout Candidate, _ key: RawSpan, _ value: RawSpan, _ classification: Classification,
    _ prefixes: PrefixTable.Candidates
  ) -> Judgement {
    guard classification.valueClass == .encrypted, let envelope = classification.envelope, extent == .scope else {
      return Judgement()
    }
    candidate.nonce = NonceMark(of: value, envelope, fingerprints: fingerprints)
    guard let judge else { return Judgement() }
    for prefix in prefixes {
      guard let path = ResourcePath(key: key, prefixBytes: prefix.prefixBytes, tree: prefix.tree) else { continue }
      let judgement = judge.judge(
        EncryptedValue(key: key, path, prefixBytes: prefix.prefixBytes, value: value, envelope))
      take(judgement, &candidate)
      return judgement
    }
    return Judgement()
  }

  private mutating func take(_ judgement: Judgement, _ candidate: inout Candidate) {
    candidate.authenticity = judgement.authenticity
    if let origin = judgement.origin { origins.keep(origin, at: candidate.messageOffset) }
  }

  /// Takes in a tombstone of this revision, if `key` may be in scope. To be called where no index of all keys is kept.
  mutating func addDeletion(of key: RawSpan, _ revision: Revision, digest: (RawSpan) -> KeyDigest) {
    let prefixesAbove = prefixes.observe(key: key, value: key.extracting(0..<0))
    guard !prefixesAbove.isEmpty || extent == .wholeStore || BootstrapData.isKey(key) else { return }
    var candidate = Candidate(
      digest: digest(key), revision: revision, messageOffset: 0, messageBytes: 0, valueStart: 0, valueBytes: 0,
      version: 0, kind: 0, place: .outside)
    candidate.role = .deletion
    candidates.append(candidate)
  }

  private mutating func noteNamespace(_ row: Candidate, below prefix: PrefixTable.ID) {
    var candidate = row
    candidate.role = .namespace
    candidate.place = Candidate.Place(prefix: prefix, resource: ResourceTable.unrelated)
    candidate.evidence = .namespace
    candidates.append(candidate)
  }

  private mutating func noteDefinition(_ row: Candidate, _ value: RawSpan) {
    guard definitionsMet.count < Self.definitionCapacity, let outline = CustomResourceOutline(of: value) else { return }
    var candidate = row
    candidate.role = .definition
    candidate.valueBytes = UInt32(definitionsMet.count)
    definitionsMet.append(outline.resource)
    candidates.append(candidate)
  }

  /// Whether there is no room for further resources, kinds of values or names of keys.
  package var isFull: Bool { resources.isFull || kinds.isFull || definitionsMet.count >= Self.definitionCapacity }

  /// Takes back the candidates that were added after there were `count`.
  mutating func takeBack(to count: Int) {
    candidates.removeLast(to: count)
    kept?.takeBack(to: count)
  }

  /// Whether so much is known of what rows have in common that handing it on takes longer than finding it anew. Only a
  /// forged file has so many kinds of values or resources.
  var isCostlyToJoin: Bool { kinds.kinds.count > 512 || resources.count > 1024 || kinds.names.count > 512 }

  /// Removes the candidates and all that is kept of single rows. What rows had in common stays known, and keeps its
  /// numbers.
  mutating func removeRows() {
    candidates.removeLast(to: 0)
    definitionsMet.removeAll()
    origins = MovedOrigins()
    apiServers = APIServerList()
    names?.removeAll()
    kept?.removeAll()
  }

  /// Adds all of `other`, a list of the same kind.
  package mutating func join(_ other: CandidateList) {
    let prefixIDs = prefixes.join(other.prefixes)
    let resourceIDs = resources.join(other.resources)
    let kindIDs = kinds.join(other.kinds)
    let definitionsBefore = UInt32(definitionsMet.count)
    definitionsMet += other.definitionsMet.prefix(Self.definitionCapacity - definitionsMet.count)
    if let others = other.names { names?.join(others) }
    if let others = other.kept { kept?.join(others, behind: candidates.count) }
    origins.join(other.origins)
    apiServers.join(other.apiServers)
    clocks.join(other.clocks)
    func here(_ place: Candidate.Place) -> Candidate.Place {
      let resource = resourceIDs[Int(place.resource)]
      guard let prefix = place.prefix else { return Candidate.Place(prefix: nil, resource: resource) }
      // Where there was no room for the prefix, the row is in no scope.
      return prefixIDs[prefix].map { Candidate.Place(prefix: $0, resource: resource) } ?? .outside
    }
    // Rows of one place mostly come one after the other.
    var place = (there: Candidate.Place.outside, here: Candidate.Place.outside)
    for position in 0..<other.candidates.count {
      var candidate = other.candidates[position]
      if candidate.place != place.there { place = (candidate.place, here(candidate.place)) }
      candidate.place = place.here
      if candidate.role == .value || candidate.isResidue { candidate.kind = kindIDs[Int(candidate.kind)] }
      if candidate.role == .definition { candidate.valueBytes += definitionsBefore }
      candidates.append(candidate)
    }
  }

  /// Keeps the candidates of `ranges`, which ascend, and in which those lie whose pages are in use.
  package mutating func keep(_ ranges: [Range<Int>]) {
    var kept = 0
    for range in ranges {
      for position in range { keep(candidates[position], &kept) }
    }
    candidates.removeLast(to: kept)
  }

  /// Writes `row` over the candidate of number `kept`, the first of those that are not kept, and counts it.
  mutating func keep(_ row: Candidate, _ kept: inout Int) {
    candidates[kept] = row
    kept += 1
  }

  /// Whether a value is nothing that is known, and lies in what is named like a directory of the scope: even if that is
  /// below no prefix of an API server, it is told of.
  private func isStray(_ classification: Classification, _ key: RawSpan) -> Bool {
    guard extent == .scope else { return false }
    switch classification.valueClass {
    case .malformed, .unknownEnvelope, .unrecognized: return prefixes.namesDirectory(key)
    case .plaintext, .encrypted, .empty: return false
    }
  }

  /// Whether a row is of interest that lies in no directory of the scope: an object in scope that lies elsewhere, or
  /// keys to what is in scope.
  private func matters(_ traits: ValueTraits, _ key: RawSpan) -> Bool {
    (traits.keys != nil || traits.object.map(scope.covers) ?? false) && prefixes.isExamined(key)
  }
}

extension ResourcePath {
  /// Whether a pod of this path in `key` is named like the mirror pod of an API server.
  fileprivate func isAPIServer(_ key: RawSpan) -> Bool {
    guard let namespace else { return APIServerOutline.isPath(namespace: nil, name: key.extracting(name)) }
    return APIServerOutline.isPath(namespace: key.extracting(namespace), name: key.extracting(name))
  }
}
