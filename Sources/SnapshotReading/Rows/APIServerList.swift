import EtcdStorage
import KubernetesStorage

/// What the mirror pods of API servers in a store tell, the newest row of each.
package struct APIServerList: Sendable {
  /// The most pods that are kept; clusters have three or five.
  package static let capacity = 256

  private var rows: [KeyDigest: (revision: Revision, outline: APIServerOutline)] = [:]

  /// Takes in the row of the pod that is stored as `value`; what is no API server's is passed over. O(length).
  package mutating func add(_ value: RawSpan, _ digest: KeyDigest, _ revision: Revision) {
    if let known = rows[digest], known.revision > revision { return }
    guard rows[digest] != nil || rows.count < Self.capacity, let outline = APIServerOutline(of: value) else { return }
    rows[digest] = (revision, outline)
  }

  /// Takes over the pods of `other`, whose keys have digests of the same maker.
  package mutating func join(_ other: APIServerList) {
    for (digest, row) in other.rows where rows[digest].map({ $0.revision < row.revision }) ?? true {
      if rows[digest] != nil || rows.count < Self.capacity { rows[digest] = row }
    }
  }

  /// Forgets the pods of which no row of `candidates` is the newest. O(candidates).
  package mutating func settle(by candidates: SegmentedArray<Candidate>) {
    guard !rows.isEmpty else { return }
    var live: Set<KeyDigest> = []
    for candidate in candidates where candidate.isLive && !candidate.isForeign {
      if rows[candidate.digest]?.revision == candidate.revision { live.insert(candidate.digest) }
    }
    rows = rows.filter { live.contains($0.key) }
  }

  /// Forgets the pods that are deleted.
  package mutating func settle(by index: KeyIndex) {
    rows = rows.filter { digest, row in index.newest(of: digest)?.revision == row.revision }
  }

  /// The pods, by name.
  package var outlines: [APIServerOutline] {
    rows.values.map(\.outline).sorted { ($0.podName, $0.image) < ($1.podName, $1.image) }
  }
}
