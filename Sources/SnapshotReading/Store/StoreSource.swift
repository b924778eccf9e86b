import KubernetesStorage
import SnapshotInput
import VerificationModel

/// A store that can be read to its end: a bbolt file, or a stream that unfolds to one.
///
/// Whoever judges what was read does not know which of them it was.
package protocol StoreSource {
  /// The path as the caller gave it.
  var path: String { get }
  /// What is known of the file before it is read.
  var summary: SnapshotReport.FileSummary { get }

  /// Reads it for `demand`.
  ///
  /// Throws when it holds no database; what else could not be read is told by what comes of it.
  func read(
    _ demand: ReadingDemand, _ options: ReadingOptions, _ instruments: Instruments
  ) throws(VerificationError) -> StoreReading
}

/// What a reading is for.
package struct ReadingDemand: Sendable {
  /// What is in scope.
  package let scope: ResourceScope
  /// The etcd prefix under which it lies; nil: found from the keys.
  package let etcdPrefix: EtcdPrefix?
  /// Which rows are kept.
  package var extent = CandidateList.Extent.scope
  /// Whether the SHA-256 is taken.
  package var takesHash = true
  /// What is looked for in bytes that no page in use owns; nil where nobody asks.
  package var residue: ResidueDemand?
  /// Whether it is measured what the pages come to.
  package var measuresPages = false
  /// Whether names of rows are asked for; those of a stream are kept then, for it can't be read again.
  package var needsNames = true
  /// What is kept of rows for a listener; nil where nobody listens.
  package var rows: RowDemand?
  /// Judges encrypted values, if keys are at hand.
  package var judge: (any ValueJudging)?
  /// Moments, in seconds since 1970, of which is asked which revisions were before them.
  package var moments: [Int64] = []

  /// A demand for the rows of `scope`.
  package init(scope: ResourceScope, etcdPrefix: EtcdPrefix?) {
    self.scope = scope
    self.etcdPrefix = etcdPrefix
  }

  /// The empty list of the rows that may matter.
  package func list(keepsNames: Bool = false) -> CandidateList {
    let prefixes = etcdPrefix.map { PrefixTable(scope: scope, given: $0) } ?? PrefixTable(scope: scope)
    return CandidateList(
      scope: scope, prefixes: prefixes, extent: extent, keepsNames: keepsNames, judge: judge, keeping: rows,
      clocks: moments.map(RevisionClock.init))
  }
}

extension SnapshotStream: StoreSource {
  package var summary: SnapshotReport.FileSummary {
    var summary = SnapshotReport.FileSummary(bytes: file?.byteCount ?? 0)
    summary.containers = containers
    summary.member = member
    return summary
  }

  package func read(
    _ demand: ReadingDemand, _ options: ReadingOptions, _ instruments: Instruments
  ) throws(VerificationError) -> StoreReading {
    guard let plain = file else {
      instruments.progress?.expectAnyLength()
      return try StoreReading(
        self, demand.list(keepsNames: demand.needsNames), takesHash: demand.takesHash,
        measuresPages: demand.measuresPages, residue: demand.residue, options, instruments)
    }
    let (file, tree) = try Opening(plain).outcome.get()
    return try StoreReading(
      file, tree, demand.list(), takesHash: demand.takesHash, measuresPages: demand.measuresPages,
      residue: demand.residue, options, instruments)
  }
}
