import BoltFormat
import EtcdStorage
import KubernetesStorage

// What a list of rows goes through when the last row was taken in: each phase is a type that is made of the one before,
// which it uses up. Prefixes are settled by all rows, places by the prefixes, liveness by the rows that have a place.

/// The list that the phases hand on. There may be millions of rows: two owners of a list would copy it, row by row, when
/// one of them changes it.
private final class HandedList {
  var list: CandidateList

  init(_ list: consuming CandidateList) { self.list = list }
}

/// The rows of a store, once it is known which etcd prefixes count.
package struct PrefixedRows: ~Copyable {
  private let rows: HandedList

  /// Counts what the rows of `list`, which lacks none, say for the prefixes. O(candidates).
  package init(_ list: consuming CandidateList) {
    rows = HandedList(list)
    rows.list.prefixes.forgetEvidence()
    rows.list.countEvidence { $0.role != .deletion && !$0.isResidue }
    // Of a store that holds nothing any more, what was left over tells.
    if rows.list.prefixes.resolve().isEmpty { rows.list.countEvidence { $0.role == .residueRow } }
  }

  /// Whether every row was taken in that lies below one of these prefixes; another pass, which knows them from its
  /// beginning, would find no more.
  package var isComplete: Bool { rows.list.prefixes.isComplete }

  /// Whether there were more prefixes than are kept.
  package var overflowed: Bool { rows.list.prefixes.overflowed }

  /// Whether there was no room for all resources, kinds of values or names of keys.
  package var isFull: Bool { rows.list.isFull }

  /// An empty list for another pass, below the prefixes that this one found.
  package func forAnotherPass() -> CandidateList { rows.list.forAnotherPass() }

  /// Gives each row its place. O(candidates).
  package consuming func placed() -> PlacedRows { PlacedRows(rows) }
}

/// The rows of a store, each in its place below a prefix that counts; those that no page in use owns are apart.
package struct PlacedRows: ~Copyable {
  private let rows: HandedList
  /// What lies in bytes that no page owns and is in scope.
  package let residue: SegmentedArray<Candidate>

  fileprivate init(_ rows: HandedList) {
    self.rows = rows
    rows.list.settlePlaces()
    residue = rows.list.takeResidue()
  }

  /// Whether a row outside the scope matters of whose key other rows may not have been taken in: then they can't tell
  /// whether it is the newest.
  package var hasRowsOfUnknownLayer: Bool { rows.list.hasRowsOfUnknownLayer }

  /// Marks the newest row of each key. O(candidates).
  package consuming func settled(by liveness: Liveness) -> SettledRows { SettledRows(rows, liveness) }
}

/// By what it is told which row is the newest of its key.
package enum Liveness {
  /// By the rows themselves, among which tombstones of keys in scope are.
  case amongThemselves
  /// By an index of all rows of the store, which has been settled.
  case index(KeyIndex)
}

/// The rows of a store that may matter to a verdict, each once, in its place and layer.
package struct SettledRows: Sendable {
  /// The rows.
  package let candidates: SegmentedArray<Candidate>
  /// What is in scope.
  package let scope: ResourceScope
  /// The etcd prefixes met.
  package let prefixes: PrefixTable
  /// The resources met.
  package let resources: ResourceTable
  /// The kinds of values met.
  package let kinds: KindTable
  /// The custom resources that definitions in the clear name.
  package let definitions: Set<GroupResource>
  /// The API servers that mirror pods in the clear tell of; looked for in a whole store only.
  package let apiServers: APIServerList
  /// Where moved values come from.
  package let origins: MovedOrigins
  /// What the rows tell of when revisions were; none where nobody asked.
  package let clocks: [RevisionClock]
  /// The names of the rows, if they are kept.
  package let names: KeptNames?
  /// What was kept of the rows for a listener, if there is one; also of those that no page in use owns.
  package let kept: KeptRows?

  fileprivate init(_ rows: HandedList, _ liveness: Liveness) {
    rows.list.settle(by: liveness)
    rows.list.kept?.settle()
    let list = rows.list
    candidates = list.candidates
    scope = list.scope
    prefixes = list.prefixes
    resources = list.resources
    kinds = list.kinds
    definitions = list.definitions
    apiServers = list.apiServers
    origins = list.origins
    clocks = list.clocks
    names = list.names
    kept = list.kept
  }
}

extension CandidateList {
  fileprivate mutating func countEvidence(of isCounted: (Candidate) -> Bool) {
    // Nearly all rows say the same of one prefix.
    var counted: (prefix: PrefixTable.ID?, evidence: PrefixEvidence) = (nil, .none)
    for candidate in candidates where isCounted(candidate) {
      if let prefix = candidate.place.prefix, prefix != counted.prefix || candidate.evidence > counted.evidence {
        prefixes.count(candidate.evidence, for: prefix)
        counted = (prefix, candidate.evidence)
      }
      if candidate.role == .definition, candidate.valueBytes < definitionsMet.count {
        definitions.insert(definitionsMet[Int(candidate.valueBytes)])
      }
    }
  }

  /// Whether a row outside the scope matters of whose key other rows may not have been taken in: then they can't tell
  /// whether it is the newest.
  fileprivate var hasRowsOfUnknownLayer: Bool {
    candidates.contains { candidate in
      // Only values have a kind.
      guard candidate.role == .value, !candidate.isInScope else { return false }
      let traits = kinds.kinds[Int(candidate.kind)].traits
      return candidate.isStray || traits.keys == .encryptionConfiguration || traits.object.map(scope.covers) ?? false
    }
  }

  /// Keeps of each row's places the first below a prefix that is real. A row without one lies outside; one that belongs
  /// to another cluster than the one given is dropped, unless all rows of the store are asked for.
  fileprivate mutating func settlePlaces() {
    // A few: searching them takes less time than a table would.
    let counting = prefixes.resolve()
    let others = prefixes.others()
    var kept = 0
    var next = 0
    while next < candidates.count {
      var row = candidates[next]
      next += 1
      guard row.role == .value || row.role == .residueRow else {
        if row.role == .deletion || row.role == .residueObject { keep(row, &kept) }
        continue
      }
      var isDecided = !row.isInScope
      var isForeign = false
      func decide(_ place: Candidate) {
        guard !isDecided, let prefix = place.place.prefix, counting.contains(prefix) || others.contains(prefix) else {
          return
        }
        row = place
        isForeign = others.contains(prefix)
        isDecided = true
      }
      decide(row)
      while next < candidates.count, candidates[next].role == row.role,
        candidates[next].messageOffset == row.messageOffset
      {
        decide(candidates[next])
        next += 1
      }
      if !isDecided || isForeign { row.place = .outside }
      row.isForeign = isForeign
      if !isForeign || extent == .wholeStore { keep(row, &kept) }
    }
    candidates.removeLast(to: kept)
  }

  /// Takes the rows and objects out that no page in use owns, and are in scope.
  fileprivate mutating func takeResidue() -> SegmentedArray<Candidate> {
    var residue = SegmentedArray<Candidate>()
    let counting = prefixes.resolve()
    var kept = 0
    for position in 0..<candidates.count {
      var candidate = candidates[position]
      switch candidate.role {
      case .residueRow:
        if !candidate.isInScope, let object = kinds.kinds[Int(candidate.kind)].traits.object,
          scope.covers(object)
        {
          // Below no prefix that is in use, but an object in scope all the same.
          candidate.place = Candidate.Place(prefix: counting.first, resource: ResourceTable.ID(object.index))
        }
        if candidate.isInScope { residue.append(candidate) }
      case .residueObject:
        let prefix = counting.first { id in prefixes.prefix(id).map { hosts(candidate, $0) } ?? false }
        candidate.place = Candidate.Place(prefix: prefix, resource: candidate.place.resource)
        residue.append(candidate)
      default: keep(candidate, &kept)
      }
    }
    candidates.removeLast(to: kept)
    return residue
  }

  /// Whether the API server of `prefix` keeps objects of the candidate's resource.
  private func hosts(_ candidate: Candidate, _ prefix: EtcdPrefix) -> Bool {
    let tree = resources[candidate.place.resource].groupResource.flatMap(BuiltInResource.of).map {
      BuiltInResource[$0].tree
    }
    return StorageTree(below: prefix) == tree ?? .kubernetes
  }

  /// Marks the newest row of each key, and drops the deletions.
  fileprivate mutating func settle(by liveness: Liveness) {
    switch liveness {
    case .amongThemselves:
      NewestRows.mark(in: &candidates)
      var kept = 0
      for position in 0..<candidates.count where candidates[position].role == .value {
        keep(candidates[position], &kept)
      }
      candidates.removeLast(to: kept)
      apiServers.settle(by: candidates)
    case .index(let index):
      for position in 0..<candidates.count {
        let row = candidates[position]
        let newest = index.newest(of: row.digest)
        candidates[position].isLive = newest?.revision == row.revision && newest?.isTombstone == false
      }
      apiServers.settle(by: index)
    }
  }
}
