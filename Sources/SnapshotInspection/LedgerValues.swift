import BoltFormat
import KubernetesStorage
import SnapshotReading
import VerificationModel

/// How many bytes of values a store has, by what a ``Ledger`` tells apart.
struct LedgerValues {
  /// In a fixed order.
  private(set) var counts: [(kind: Ledger.Kind, bytes: UInt64)] = Ledger.Store.allCases.flatMap { part in
    [true, false].map { (.values(part, inScope: $0), 0) }
  }

  /// Counts the values of `store`, which was read whole; those of pages in `irregular` are left out. O(rows).
  init(of store: StoreContents, scope: [ResourcePattern], irregular: PageSet, pageSize: Int) {
    var covered: [Candidate.Place: Bool] = [:]
    // Rows of one place mostly come one after the other.
    var last = (place: Candidate.Place.outside, isCovered: false)
    for row in store.list.candidates where !irregular.contains(PageID(row.valueOffset / UInt64(pageSize))) {
      if row.place != last.place {
        let isCovered = covered[row.place] ?? Self.covers(row.place, of: store.list, scope)
        covered[row.place] = isCovered
        last = (row.place, isCovered)
      }
      counts[(row.isLive ? 0 : 2) + (last.isCovered ? 0 : 1)].bytes += UInt64(row.valueBytes)
    }
  }

  /// Whether what lies in `place` is in scope. What OpenShift's API servers keep under the name of a resource of Kubernetes is
  /// another one.
  private static func covers(_ place: Candidate.Place, of list: SettledRows, _ scope: [ResourcePattern]) -> Bool {
    guard let prefix = place.prefix.flatMap(list.prefixes.prefix),
      let resource = list.resources[place.resource].groupResource, scope.contains(where: { $0.matches(resource) })
    else { return false }
    let tree = BuiltInResource.of(resource).map { BuiltInResource[$0].tree }
    return scope.contains(.all) || tree == nil || tree == StorageTree(below: prefix)
  }
}
