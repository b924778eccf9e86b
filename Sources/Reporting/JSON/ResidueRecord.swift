import VerificationModel

/// A snapshot's `residue`: the pages that none in use owns.
struct ResidueRecord: Encodable {
  let zeroPages: UInt64
  let explainedPages: UInt64
  /// Parts of `explainedPages`.
  let ciphertextPages: UInt64
  let secretPages: UInt64
  let otherObjectPages: UInt64
  let unexplainedPages: UInt64
  /// A part of `unexplainedPages`.
  let unexplainedReadablePages: UInt64

  init(_ summary: SnapshotReport.ResidueSummary) {
    self.zeroPages = summary.zeroPages
    self.explainedPages = summary.explainedPages
    self.ciphertextPages = summary.ciphertextPages
    self.secretPages = summary.secretPages
    self.otherObjectPages = summary.otherObjectPages
    self.unexplainedPages = summary.unexplainedPages
    self.unexplainedReadablePages = summary.unexplainedReadablePages
  }
}
