import BoltFormat
import EtcdStorage
import KubernetesStorage

// What a list of rows goes through when the last row was taken in: each phase is a type that is made of the one before,
// which it uses up. Prefixes are settled by all rows, places by the prefixes, liveness by the rows that have a place.

/// The rows of a store, once it is known which etcd prefixes count.
package struct PrefixedRows {
  private var list: CandidateList

  /// Counts what the rows of `list`, which lacks none, say for the prefixes. O(candidates).
  package init(_ list: consuming CandidateList) {
    self.list = list
    self.list.prefixes.forgetEvidence()
    countEvidence { $0.role != .deletion && !$0.isResidue }
    // Of a store that holds nothing any more, what was left over tells.
    if self.list.prefixes.resolve().isEmpty { countEvidence { $0.role == .residueRow } }
  }

  /// Whether every row was taken in that lies below one of these prefixes; another pass, which knows them from its
  /// beginning, would find no more.
  package var isComplete: Bool { list.prefixes.isComplete }

  /// Whether there were more prefixes than are kept.
  package var overflowed: Bool { list.prefixes.overflowed }

  /// Whether there was no room for all resources, kinds of values or names of keys.
  package var isFull: Bool { list.isFull }

  /// An empty list for another pass, below the prefixes that this one found.
  package func forAnotherPass() -> CandidateList { list.forAnotherPass() }

  /// Gives each row its place. O(candidates).
  package consuming func placed() -> PlacedRows { PlacedRows(list) }

  private mutating func countEvidence(of isCounted: (Candidate) -> Bool) {
    // Nearly all rows say the same of one prefix.
    var counted: (prefix: PrefixTable.ID?, evidence: PrefixEvidence) = (nil, .none)
    for candidate in list.candidates where isCounted(candidate) {
      if let prefix = candidate.place.prefix, prefix != counted.prefix || candidate.evidence > counted.evidence {
        list.prefixes.count(candidate.evidence, for: prefix)
        counted = (prefix, candidate.evidence)
      }
      if candidate.role == .definition, candidate.valueBytes < list.definitionsMet.count {
        list.definitions.insert(list.definitionsMet[Int(candidate.valueBytes)])
      }
    }
  }
}

/// The rows of a store, each in its place below a prefix that counts; those that no page in use owns are apart.
package struct PlacedRows {
  private var list: CandidateList
  /// What lies in bytes that no page owns and is in scope.
  package private(set) var residue: [Candidate] = []

  fileprivate init(_ list: consuming CandidateList) {
    self.list = list
    settlePlaces()
    takeResidue()
  }

  /// Whether a row outside the scope matters of whose key other rows may not have been taken in: then they can't tell
  /// whether it is the newest.
  package var hasRowsOfUnknownLayer: Bool {
    list.candidates.contains { candidate in
      let traits = list.kinds.kinds[Int(candidate.kind)].traits
      return !candidate.isInScope && candidate.role == .value
        && (candidate.isStray || traits.keys == .encryptionConfiguration
          || traits.object.map(list.scope.covers) ?? false)
    }
  }

  /// Marks the newest row of each key. O(candidates).
  package consuming func settled(by liveness: Liveness) -> SettledRows { SettledRows(list, liveness) }

  /// Keeps of each row's places the first below a prefix that is real. A row without one lies outside; one that belongs
  /// to another cluster than the one given is dropped.
  private mutating func settlePlaces() {
    // A few: searching them takes less time than a table would.
    let counting = list.prefixes.resolve()
    let others = list.prefixes.others()
    var kept = 0
    var next = 0
    while next < list.candidates.count {
      var row = list.candidates[next]
      next += 1
      guard row.role == .value || row.role == .residueRow else {
        if row.role == .deletion || row.role == .residueObject { list.keep(row, &kept) }
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
      while next < list.candidates.count, list.candidates[next].role == row.role,
        list.candidates[next].messageOffset == row.messageOffset
      {
        decide(list.candidates[next])
        next += 1
      }
      if !isDecided { row.place = .outside }
      if !isForeign { list.keep(row, &kept) }
    }
    list.candidates.removeLast(to: kept)
  }

  private mutating func takeResidue() {
    let counting = list.prefixes.resolve()
    var kept = 0
    for position in 0..<list.candidates.count {
      var candidate = list.candidates[position]
      switch candidate.role {
      case .residueRow:
        if !candidate.isInScope, let object = list.kinds.kinds[Int(candidate.kind)].traits.object,
          list.scope.covers(object)
        {
          // Below no prefix that is in use, but an object in scope all the same.
          candidate.place = Candidate.Place(prefix: counting.first, resource: ResourceTable.ID(object.index))
        }
        if candidate.isInScope { residue.append(candidate) }
      case .residueObject:
        let prefix = counting.first { id in list.prefixes.prefix(id).map { hosts(candidate, $0) } ?? false }
        candidate.place = Candidate.Place(prefix: prefix, resource: candidate.place.resource)
        residue.append(candidate)
      default: list.keep(candidate, &kept)
      }
    }
    list.candidates.removeLast(to: kept)
  }

  /// Whether the API server of `prefix` keeps objects of the candidate's resource.
  private func hosts(_ candidate: Candidate, _ prefix: EtcdPrefix) -> Bool {
    let tree = list.resources[candidate.place.resource].groupResource.flatMap(BuiltInResource.of).map {
      BuiltInResource[$0].tree
    }
    return StorageTree(below: prefix) == tree ?? .kubernetes
  }
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
  /// The names of the rows, if they are kept.
  package let names: KeptNames?

  fileprivate init(_ list: consuming CandidateList, _ liveness: Liveness) {
    switch liveness {
    case .amongThemselves:
      NewestRows.mark(in: &list.candidates)
      var kept = 0
      for position in 0..<list.candidates.count where list.candidates[position].role == .value {
        list.keep(list.candidates[position], &kept)
      }
      list.candidates.removeLast(to: kept)
      list.apiServers.settle(by: list.candidates)
    case .index(let index):
      for position in 0..<list.candidates.count {
        let row = list.candidates[position]
        let newest = index.newest(of: row.digest)
        list.candidates[position].isLive = newest?.revision == row.revision && newest?.isTombstone == false
      }
      list.apiServers.settle(by: index)
    }
    candidates = list.candidates
    scope = list.scope
    prefixes = list.prefixes
    resources = list.resources
    kinds = list.kinds
    definitions = list.definitions
    apiServers = list.apiServers
    origins = list.origins
    names = list.names
  }
}
