import ByteViews

/// The etcd prefixes that the keys of one store suggest, and in the end those that are real.
///
/// Which prefix a cluster uses is not known while its rows stream by, so each row that could be in scope is kept with the
/// prefixes that would make it so, and `resolve()` tells at the end which of these count. A prefix is real when a system
/// namespace lies below it, or an object in scope whose value an API server wrote; unless it is the directory of a
/// resource below another prefix.
///
/// A directory that the scope names is recognised wherever in a key it stands. Where the scope is everything, no name
/// tells where a prefix ends: then a row counts below the prefixes that are well founded when it goes by, and
/// ``isComplete`` tells whether all were from the start.
public struct PrefixTable: Sendable {
  /// How many prefixes are kept.
  public static let capacity = 64
  /// The length in bytes of the longest prefix that is discovered.
  public static let longestPrefix = 512

  /// The prefixes in wide use (Kubernetes; OpenShift's API servers). They have their place from the start and keep it,
  /// so that no flood of invented prefixes crowds them out.
  private static let wellKnown = [EtcdPrefix("/registry"), EtcdPrefix("/kubernetes.io"), EtcdPrefix("/openshift.io")]

  /// Whether more prefixes were suggested than could be kept. Then rows in scope may have gone by without their
  /// candidates, and only a pass with the prefix given sees all of them.
  public var overflowed: Bool { mode == .discovered && lostEvidence }

  private var lostEvidence = false
  private var entries: [Entry]
  private var nextNumber: UInt32
  private let scope: ResourceScope
  /// The scope, or if that is everything, what tells of a prefix all the same: its Secrets.
  private let named: ResourceScope
  private let mode: Mode
  /// Whether the entries are those that an earlier pass found real: no others are looked for.
  private let isSettled: Bool
  /// How often the entries have changed, or what speaks for them.
  ///
  /// While it stays the same, ``observe(key:value:)`` answers the same for all keys of one directory, whose values begin
  /// with `k8s`, and takes note of nothing new.
  public private(set) var changes = 0
  /// Whether a row may have gone by without a candidate that a prefix interned from now on would have given it.
  private var mayHaveMissed = false

  /// Which prefixes rows are held against.
  private enum Mode: Sendable {
    /// Those that the keys suggest.
    case discovered
    /// The first entry, which is real whatever the keys are. The others are noted to tell what belongs to them.
    case given
  }

  /// An interned prefix.
  private struct Entry {
    let id: ID
    let prefix: EtcdPrefix
    let tree: StorageTree
    var evidence: PrefixEvidence
    /// Whether every row below the prefix got its candidate.
    var isComplete: Bool

    var candidate: Candidate { Candidate(id: id, prefixBytes: prefix.bytes.count, tree: tree) }
  }

  /// A table that discovers the prefixes.
  public init(scope: ResourceScope = .secrets) {
    self.init(interning: Self.wellKnown, scope, .discovered, isSettled: false)
  }

  /// A table that looks below one prefix, which is real whatever the keys are.
  public init(scope: ResourceScope = .secrets, given prefix: EtcdPrefix) {
    self.init(interning: [prefix] + Self.wellKnown.filter { $0 != prefix }, scope, .given, isSettled: false)
  }

  /// A table for another pass, that knows from the start the prefixes that this one found real.
  public func forAnotherPass() -> PrefixTable {
    PrefixTable(interning: (countingEntries + otherEntries).map(\.prefix), scope, mode, isSettled: true)
  }

  private init(interning prefixes: [EtcdPrefix], _ scope: ResourceScope, _ mode: Mode, isSettled: Bool) {
    self.isSettled = isSettled
    self.entries = []
    self.nextNumber = 0
    self.scope = scope
    self.named = scope.coversAll ? .secrets : scope
    self.mode = mode
    for prefix in prefixes { entries.append(makeEntry(prefix, .none)) }
  }

  /// Whether a first look at `key` tells that ``observe(key:value:)`` would answer nothing, and take note of nothing. No is
  /// not certain. O(key), sixteen bytes at a time.
  ///
  /// Changes nothing; so that the table is not copied for the call.
  public mutating func passesOver(_ key: RawSpan) -> Bool {
    guard mode == .discovered, !isSettled, !scope.coversAll else { return false }
    return key.peek(at: 0) != EtcdPrefix.slash
      || SystemNamespace.prefixBytes(of: key) == nil
        && scope.directoryStart(in: key, from: 0, through: Self.longestPrefix) == nil
  }

  /// Takes note of what a row tells about prefixes, and returns those below which its key is in scope.
  ///
  /// Of the value, the first 4096 bytes are enough. O(key), without allocation unless a prefix is new.
  public mutating func observe(key: RawSpan, value: RawSpan) -> Candidates {
    // An API server's key begins with a slash; `compact_rev_key` is the one exception.
    guard key.peek(at: 0) == EtcdPrefix.slash else { return Candidates() }
    if isSettled {
      let known = knownCandidates(of: key)
      return mode == .given ? givenCandidates(of: key, beside: known) : known
    }
    var namespacePrefix: ID?
    if let prefixBytes = SystemNamespace.prefixBytes(of: key), prefixBytes <= Self.longestPrefix {
      namespacePrefix = intern(key.extracting(first: prefixBytes), .namespace)
    }
    let named = namedCandidates(of: key, value: value)
    var found = scope.coversAll ? knownCandidates(of: key) : named
    if mode == .given { found = givenCandidates(of: key, beside: found) }
    found.takeEvidence(of: named)
    found.namespacePrefix = namespacePrefix
    return found
  }

  /// Forgets what rows said for the prefixes: ``count(_:for:)`` says again what those rows do that turned out to be in
  /// use.
  public mutating func forgetEvidence() {
    changes += 1
    for slot in entries.indices { entries[slot].evidence = .none }
  }

  /// Counts what a row says for the prefix of this id.
  public mutating func count(_ evidence: PrefixEvidence, for id: ID) {
    guard let slot = entries.firstIndex(where: { $0.id == id }) else { return }
    raise(slot, to: evidence)
  }

  /// The prefix of this id; nil when a better-founded one has taken its place, whereupon it is not real.
  public func prefix(_ id: ID) -> EtcdPrefix? {
    entries.first { $0.id == id }?.prefix
  }

  /// The prefixes that count, after all rows have been observed.
  ///
  /// Of the candidates of one key, the first below a prefix that is real is the one to take; and if that does not count,
  /// none.
  public func resolve() -> [ID] {
    countingEntries.map(\.id)
  }

  /// The prefixes that are real but do not count, because another was given.
  public func others() -> [ID] {
    otherEntries.map(\.id)
  }

  /// The prefixes that count, in order; also those below which nothing in scope was seen.
  public func prefixes() -> [EtcdPrefix] {
    countingEntries.map(\.prefix).sorted()
  }

  /// The prefixes that are real, in order, whether or not they count because another was given.
  public func realPrefixes() -> [EtcdPrefix] {
    entries.filter(isReal).map(\.prefix).sorted()
  }

  /// Whether every row in scope below the prefixes that count got its candidate. Where not, another pass over all rows,
  /// with the table that ``forAnotherPass()`` makes, sees them.
  public var isComplete: Bool {
    (scope.coversAll ? countingEntries + otherEntries : countingEntries).allSatisfy(\.isComplete)
  }

  /// Whether a directory of the scope is named in `key`, be there a prefix before it or none that can be one, and be there a
  /// name behind it or none. O(key).
  public func namesDirectory(_ key: RawSpan) -> Bool {
    isExamined(key) && named.directoryStart(in: key, from: 0, through: Self.longestPrefix) != nil
  }

  /// Whether `key` lies where the call looks: below the prefix given, or anywhere.
  public func isExamined(_ key: RawSpan) -> Bool {
    mode != .given || lies(key, below: entries[0].prefix)
  }
}

// MARK: Observing

extension PrefixTable {
  /// The prefix given, if the key is in scope below it; where its directory there is not known, after those of `others`
  /// below which it is: another cluster may have a longer prefix.
  private func givenCandidates(of key: RawSpan, beside others: Candidates) -> Candidates {
    let given = entries[0]
    guard lies(key, below: given.prefix) else { return Candidates() }
    var candidates = Candidates()
    if let path = path(of: key, below: given), scope.covers(path, of: key) {
      candidates.append(given.candidate)
      guard case .unknown = path.directory else { return candidates }
    }
    var longer = Candidates()
    for other in others where other.id != given.id { longer.insert(other) }
    for candidate in candidates where longer.count < Candidates.capacity { longer.append(candidate) }
    return longer
  }

  /// The prefixes that are well founded by now; those first below which the key lies in a directory that is known, for
  /// the one that is not may be the beginning of a longer prefix.
  private mutating func knownCandidates(of key: RawSpan) -> Candidates {
    var known = Candidates()
    var unknown = Candidates()
    for entry in entries where isSettled || isWellFounded(entry) {
      guard let path = path(of: key, below: entry), scope.covers(path, of: key) else { continue }
      if case .unknown = path.directory { unknown.insert(entry.candidate) } else { known.insert(entry.candidate) }
    }
    if !isSettled { mayHaveMissed = true }
    for candidate in unknown where known.count < Candidates.capacity { known.append(candidate) }
    return known
  }

  private func isWellFounded(_ entry: Entry) -> Bool {
    entry.evidence >= .value || Self.wellKnown.contains(entry.prefix)
  }

  private func path(of key: RawSpan, below entry: Entry) -> ResourcePath? {
    guard lies(key, below: entry.prefix) else { return nil }
    return ResourcePath(key: key, prefixBytes: entry.prefix.bytes.count, tree: entry.tree)
  }

  private func lies(_ key: RawSpan, below prefix: EtcdPrefix) -> Bool {
    let prefixBytes = prefix.bytes.count
    return key.peek(at: prefixBytes) == EtcdPrefix.slash && prefix.equals(key.extracting(first: prefixBytes))
  }

  /// Those before the directories of the scope, wherever they stand in the key.
  private mutating func namedCandidates(of key: RawSpan, value: RawSpan) -> Candidates {
    var candidates = Candidates()
    var start = 0
    while let prefixBytes = named.directoryStart(in: key, from: start, through: Self.longestPrefix) {
      start = prefixBytes + 1
      let prefix = key.extracting(first: prefixBytes)
      let tree = StorageTree(below: prefix)
      guard let path = ResourcePath(key: key, prefixBytes: prefixBytes, tree: tree), named.covers(path, of: key),
        let (id, evidence) = intern(prefix, path: path, key: key, value: value)
      else { continue }
      guard candidates.count < Candidates.capacity else {
        lostEvidence = true
        break
      }
      candidates.append(Candidate(id: id, prefixBytes: prefixBytes, tree: tree, evidence: evidence))
    }
    return candidates
  }

  /// Interns the prefix of a key in scope; answers its id and what the row says for it.
  private mutating func intern(
    _ prefix: RawSpan, path: ResourcePath, key: RawSpan, value: RawSpan
  ) -> (ID, PrefixEvidence)? {
    let evidence = PrefixEvidence(path, key: key, value: value)
    return intern(prefix, evidence).map { ($0, evidence) }
  }

  /// The id of `prefix`, entered if need be; nil when it cannot be a prefix or the table is full of better ones.
  private mutating func intern(_ prefix: RawSpan, _ evidence: PrefixEvidence) -> ID? {
    if let slot = slot(of: prefix) {
      raise(slot, to: evidence)
      return entries[slot].id
    }
    guard EtcdPrefix.isPrefix(prefix) else { return nil }
    if entries.count == Self.capacity {
      guard makeRoom(for: evidence) else { return nil }
    }
    let entry = makeEntry(EtcdPrefix(bytes: (0..<prefix.byteCount).map { prefix.byte(at: $0) }), evidence)
    entries.append(entry)
    changes += 1
    return entry.id
  }

  private mutating func raise(_ slot: Int, to evidence: PrefixEvidence) {
    guard entries[slot].evidence < evidence else { return }
    entries[slot].evidence = evidence
    changes += 1
  }

  private func slot(of prefix: RawSpan) -> Int? {
    for slot in entries.indices where entries[slot].prefix.equals(prefix) { return slot }
    return nil
  }

  /// Gives up the entry of least evidence, if that is less than `evidence`.
  ///
  /// Losing a prefix without evidence is no overflow: a namespace called "secrets" suggests one for every resource
  /// that it holds. Should it prove real later, it is known to be incomplete.
  private mutating func makeRoom(for evidence: PrefixEvidence) -> Bool {
    mayHaveMissed = true
    let evictable = entries.indices.dropFirst(Self.wellKnown.count)
    guard let least = evictable.min(by: { entries[$0].evidence < entries[$1].evidence }) else { return false }
    let makesRoom = entries[least].evidence < evidence
    let lost = makesRoom ? entries[least].evidence : evidence
    if lost > .none { lostEvidence = true }
    if makesRoom {
      entries.remove(at: least)
      changes += 1
    }
    return makesRoom
  }

  /// Numbers cannot run out: each eviction raises the evidence of one of 64 entries by a step or more, of three.
  private mutating func makeEntry(_ prefix: EtcdPrefix, _ evidence: PrefixEvidence) -> Entry {
    defer { nextNumber += 1 }
    return Entry(
      id: ID(nextNumber), prefix: prefix, tree: StorageTree(below: prefix), evidence: evidence,
      isComplete: !mayHaveMissed)
  }
}

// MARK: Joining

extension PrefixTable {
  /// Takes over the prefixes of `other`, a table of the same kind that observed other rows; answers the ids that those of
  /// `other` have here, or nil for one for which there is no room.
  public mutating func join(_ other: PrefixTable) -> [ID: ID] {
    if other.mayHaveMissed {
      mayHaveMissed = true
      for slot in entries.indices where !Self.wellKnown.contains(entries[slot].prefix) {
        entries[slot].isComplete = false
      }
    }
    lostEvidence = lostEvidence || other.lostEvidence
    var ids: [ID: ID] = [:]
    for entry in other.entries {
      let bytes = entry.prefix.bytes
      ids[entry.id] = intern(bytes.rawSpan, entry.evidence)
    }
    return ids
  }
}

// MARK: Deciding

extension PrefixTable {
  private var countingEntries: [Entry] {
    switch mode {
    case .discovered: isSettled ? entries : entries.filter(isReal)
    case .given: [entries[0]]
    }
  }

  private var otherEntries: [Entry] {
    guard mode == .given else { return [] }
    return entries.dropFirst().filter { isSettled || isReal($0) }
  }

  private func isReal(_ entry: Entry) -> Bool {
    switch entry.evidence {
    case .none:
      false
    case .path:
      // Whatever the values are: below these two nothing but an API server's Secrets lies there.
      Self.wellKnown.contains(entry.prefix)
    case .value:
      !isDirectoryByName(entry.prefix)
        && !liesInDirectory(entry.prefix) {
          $0.evidence == .namespace || $0.evidence == .value && $0.prefix.segments.count == 1
        }
    case .namespace:
      !liesInDirectory(entry.prefix) { $0.evidence == .namespace }
    }
  }

  /// Whether the name alone says that this is the directory of a resource below an unknown prefix.
  private func isDirectoryByName(_ prefix: EtcdPrefix) -> Bool {
    let segments = prefix.segments
    return segments.count > 1 && ResourceDirectory.isName(segments[segments.count - 1])
  }

  /// Whether `prefix` is, or lies in, the directory of a resource below a prefix that counts as one.
  ///
  /// `/kubernetes.io` below the root looks like the directory of a custom resource's group. It is none: that group
  /// belongs to Kubernetes itself, which has no custom resources in it.
  private func liesInDirectory(_ prefix: EtcdPrefix, of isParent: (Entry) -> Bool) -> Bool {
    guard !Self.wellKnown.contains(prefix) else { return false }
    return entries.contains { parent in
      guard isParent(parent), let segment = prefix.segment(below: parent.prefix) else { return false }
      return ResourceDirectory.isName(segment)
    }
  }
}
