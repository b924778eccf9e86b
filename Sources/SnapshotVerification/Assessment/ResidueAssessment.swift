import EtcdStorage
import KubernetesStorage
import SnapshotReading
import VerificationModel

/// What the bytes that no page owns mean: which objects can be recovered from them, and what that adds to the counts of
/// their resources.
struct ResidueAssessment {
  /// Each revision of each key once.
  let objects: [RecoveredObjects.Object]
  /// Where the first signs of Secrets lie that belong to none of these.
  let fragments: [UInt64]
  /// How many there are.
  let fragmentCount: Int
  /// The pages, by what is known of them.
  let pages: SnapshotReport.ResidueSummary
  /// The resources of the other layers, with what was counted here.
  private(set) var resources: [SnapshotReport.ResourceSummary]

  /// One for each of ``objects``.
  var flagged: [FlaggedRow]

  /// Assesses `contents`, which is what lies in `store` beside what `assessment` is about. O(candidates).
  ///
  /// - Parameter names: has the names of the objects without rows.
  init(
    of contents: ResidueContents, _ store: StoreContents, _ assessment: RowAssessment, _ names: inout any RowNameSource
  ) {
    objects = RecoveredObjects(of: contents, store, &names, where: assessment.concerns(residue:)).objects
    flagged = objects.indices.map { FlaggedRow(.plaintextResidue, .residue, $0) }
    fragments = contents.fragments
    fragmentCount = contents.fragmentCount
    pages = contents.pages
    resources = assessment.resources
    count(store)
  }

  /// The object that a flagged one stands for.
  func candidate(_ flagged: FlaggedRow) -> Candidate { objects[Int(flagged.number)].candidate }

  // MARK: Counting

  private mutating func count(_ store: StoreContents) {
    for number in resources.indices { resources[number].residue = SnapshotReport.ResidueCounts() }
    for object in objects {
      let place = object.candidate.place
      count(store.list.resources[place.resource].name, place.prefix.flatMap(store.list.prefixes.prefix)) { counts in
        counts.objects += 1
        if !object.alsoIn.isEmpty { counts.alsoReadable += 1 }
      }
    }
    if !fragments.isEmpty {
      let fragmentCount = fragmentCount
      count(GroupResource.secrets.description, nil) { $0.fragments += fragmentCount }
    }
    resources.sort { ($0.prefix, $0.resource) < ($1.prefix, $1.resource) }
  }

  /// Counts for a resource below a prefix; where the prefix is not known, below the first that has such a resource.
  private mutating func count(
    _ resource: String, _ prefix: EtcdPrefix?, _ body: (inout SnapshotReport.ResidueCounts) -> Void
  ) {
    let number = resources.firstIndex { $0.resource == resource && (prefix == nil || $0.prefix == prefix) }
    if let number {
      var counts = resources[number].residue ?? SnapshotReport.ResidueCounts()
      body(&counts)
      resources[number].residue = counts
      return
    }
    var summary = SnapshotReport.ResourceSummary(resource: resource, prefix: prefix ?? EtcdPrefix("/registry"))
    var counts = SnapshotReport.ResidueCounts()
    body(&counts)
    summary.residue = counts
    resources.append(summary)
  }
}
