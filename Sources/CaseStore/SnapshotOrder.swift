import Cryptography

/// How the snapshots of a cluster are numbered for users, whatever the order in which they were taken in.
///
/// By the time at which they were taken, then by greatest revision, then by the revision that they are compacted to, then by
/// digest. One of unknown time comes before the first of known time that has a greater revision: revisions only grow.
enum SnapshotOrder {
  /// The same snapshots in the same order, with their numbers.
  static func numbered(_ taken: [CaseContents.Taken]) -> [CaseContents.Taken] {
    var result = taken
    for (place, index) in order(taken.map(\.draft)).enumerated() { result[index].number = place + 1 }
    return result
  }

  /// Indices of `drafts` in the order of their numbers.
  static func order(_ drafts: [SnapshotDraft]) -> [Int] {
    func revision(_ index: Int) -> Int64 { drafts[index].revisions?.greatest ?? 0 }
    func compacted(_ index: Int) -> Int64 { drafts[index].revisions?.compacted ?? 0 }
    func digest(_ index: Int) -> [UInt8] { drafts[index].digest.bytes }
    func isBefore(_ left: Int, _ right: Int) -> Bool {
      let (one, other) = (drafts[left].takenAt?.seconds ?? 0, drafts[right].takenAt?.seconds ?? 0)
      if one != other { return one < other }
      if revision(left) != revision(right) { return revision(left) < revision(right) }
      if compacted(left) != compacted(right) { return compacted(left) < compacted(right) }
      return digest(left).lexicographicallyPrecedes(digest(right))
    }
    let timed = drafts.indices.filter { drafts[$0].takenAt != nil }.sorted(by: isBefore)
    var untimed = drafts.indices.filter { drafts[$0].takenAt == nil }.sorted(by: isBefore)[...]
    var order: [Int] = []
    for index in timed {
      while let next = untimed.first, revision(next) < revision(index) { order.append(untimed.removeFirst()) }
      order.append(index)
    }
    return order + untimed
  }
}
