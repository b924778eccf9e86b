/// The etcd prefixes that the keys of one store suggest, and in the end those that are real.
///
/// Which prefix a cluster uses is not known while its rows stream by, so each row that could be a Secret is
/// kept with the prefixes that would make it one, and `resolve()` tells at the end which of these count. A prefix is
/// real when a system namespace lies below it, or a Secret whose value an API server wrote; unless it is the directory
/// of a resource below another prefix.
public struct PrefixTable: Sendable {
  /// How many prefixes are kept.
  public static let capacity = 64
  /// The length in bytes of the longest prefix that is discovered.
  public static let longestPrefix = 512

  /// The two prefixes in wide use (Kubernetes; OpenShift). They have their place from the start and keep it, so that no
  /// flood of invented prefixes crowds them out.
  private static let wellKnown = [EtcdPrefix("/registry"), EtcdPrefix("/kubernetes.io")]

  /// Whether more prefixes were suggested than could be kept. Then rows `<prefix>/secrets/<namespace>/<name>` may have
  /// gone by without their candidates, and only a pass with the prefix given sees all of them.
  public private(set) var overflowed = false

  private var entries: [Entry]
  private var nextNumber: UInt32
  private let discovers: Bool

  /// An interned prefix.
  private struct Entry {
    let id: ID
    let prefix: EtcdPrefix
    var evidence: PrefixEvidence
  }

  /// A table that discovers the prefixes.
  public init() {
    self.init(interning: Self.wellKnown, discovers: true)
  }

  /// A table of one prefix, which is real whatever the keys are.
  public init(given prefix: EtcdPrefix) {
    self.init(interning: [prefix], discovers: false)
  }

  private init(interning prefixes: [EtcdPrefix], discovers: Bool) {
    self.entries = []
    self.nextNumber = 0
    self.discovers = discovers
    for prefix in prefixes { entries.append(makeEntry(prefix, .none)) }
  }

  /// Takes note of what a row tells about prefixes, and returns those below which its key is the path of a Secret.
  ///
  /// Of the value, the first 4096 bytes are enough. O(key), without allocation unless a prefix is new.
  public mutating func observe(key: RawSpan, value: RawSpan) -> Candidates {
    guard discovers else { return givenCandidates(of: key) }
    // An API server's key begins with a slash; `compact_rev_key` is the one exception.
    guard key.peek(at: 0) == EtcdPrefix.slash else { return Candidates() }
    if let prefixBytes = SystemNamespace.prefixBytes(of: key), prefixBytes <= Self.longestPrefix {
      _ = intern(key.extracting(first: prefixBytes), .namespace)
    }
    guard let shortest = SecretPath.prefixBytes(of: key, from: 0, through: Self.longestPrefix) else {
      return Candidates()
    }
    return candidates(of: key, value: value, shortest: shortest)
  }

  /// The prefix of this id; nil when a better-founded one has taken its place, whereupon it is not real.
  public func prefix(_ id: ID) -> EtcdPrefix? {
    entries.first { $0.id == id }?.prefix
  }

  /// The prefixes that are real, after all rows have been observed.
  ///
  /// Should two candidates of one key be real, the first (the shortest) is the one to take.
  public func resolve() -> [ID] {
    realEntries.map(\.id)
  }

  /// The prefixes that are real, in order; also those below which no Secret was seen.
  public func prefixes() -> [EtcdPrefix] {
    realEntries.map(\.prefix).sorted()
  }
}

// MARK: Observing

extension PrefixTable {
  private func givenCandidates(of key: RawSpan) -> Candidates {
    var candidates = Candidates()
    let prefixBytes = entries[0].prefix.bytes.count
    if SecretPath(key: key, prefixBytes: prefixBytes) != nil,
      entries[0].prefix.equals(key.extracting(first: prefixBytes))
    {
      candidates.append(Candidate(id: entries[0].id, prefixBytes: prefixBytes))
    }
    return candidates
  }

  private mutating func candidates(of key: RawSpan, value: RawSpan, shortest: Int) -> Candidates {
    var candidates = Candidates()
    var next: Int? = shortest
    while let prefixBytes = next, let path = SecretPath(key: key, prefixBytes: prefixBytes) {
      if let id = intern(key.extracting(first: prefixBytes), path: path, key: key, value: value) {
        guard candidates.count < Candidates.capacity else {
          overflowed = true
          break
        }
        candidates.append(Candidate(id: id, prefixBytes: prefixBytes))
      }
      next = SecretPath.prefixBytes(of: key, from: prefixBytes + 1, through: Self.longestPrefix)
    }
    return candidates
  }

  /// Interns the prefix of a Secret's key; of a prefix that is well founded, the value is not looked at.
  private mutating func intern(_ prefix: RawSpan, path: SecretPath, key: RawSpan, value: RawSpan) -> ID? {
    if let slot = slot(of: prefix), entries[slot].evidence >= .value { return entries[slot].id }
    return intern(prefix, PrefixEvidence(path, key: key, value: value))
  }

  /// The id of `prefix`, entered if need be; nil when it cannot be a prefix or the table is full of better ones.
  private mutating func intern(_ prefix: RawSpan, _ evidence: PrefixEvidence) -> ID? {
    if let slot = slot(of: prefix) {
      entries[slot].evidence = max(entries[slot].evidence, evidence)
      return entries[slot].id
    }
    guard EtcdPrefix.isPrefix(prefix) else { return nil }
    if entries.count == Self.capacity {
      guard makeRoom(for: evidence) else { return nil }
    }
    let entry = makeEntry(EtcdPrefix(bytes: (0..<prefix.byteCount).map { prefix.byte(at: $0) }), evidence)
    entries.append(entry)
    return entry.id
  }

  private func slot(of prefix: RawSpan) -> Int? {
    for slot in entries.indices where entries[slot].prefix.equals(prefix) { return slot }
    return nil
  }

  /// Gives up the entry of least evidence, if that is less than `evidence`.
  ///
  /// Losing a prefix without evidence is no overflow: a namespace called "secrets" suggests one for every resource
  /// that it holds.
  private mutating func makeRoom(for evidence: PrefixEvidence) -> Bool {
    let evictable = entries.indices.dropFirst(Self.wellKnown.count)
    guard let least = evictable.min(by: { entries[$0].evidence < entries[$1].evidence }) else { return false }
    let makesRoom = entries[least].evidence < evidence
    let lost = makesRoom ? entries[least].evidence : evidence
    if lost > .none { overflowed = true }
    if makesRoom { entries.remove(at: least) }
    return makesRoom
  }

  /// Numbers cannot run out: each eviction raises the evidence of one of 64 entries by a step or more, of three.
  private mutating func makeEntry(_ prefix: EtcdPrefix, _ evidence: PrefixEvidence) -> Entry {
    defer { nextNumber += 1 }
    return Entry(id: ID(nextNumber), prefix: prefix, evidence: evidence)
  }
}

// MARK: Deciding

extension PrefixTable {
  private var realEntries: [Entry] {
    discovers ? entries.filter(isReal) : entries
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
