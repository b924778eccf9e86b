import VerificationModel

/// What `residue` of a resource counts.
struct ResidueCountsRecord: Encodable {
  /// Each revision of each key once.
  let objects: Int
  let fragments: Int

  init(_ counts: SnapshotReport.ResidueCounts) {
    self.objects = counts.objects
    self.fragments = counts.fragments
  }
}
