import VerificationModel

/// One of a snapshot's `ledger`: bytes of the file that are part of the same. All entries sum up to `ledgerTotal`.
struct InspectionRecordLedgerEntry: Encodable {
  let kind: String
  /// Of rows of another bucket than `key`, which: one that etcd has, `root`, or `other`.
  let bucket: String?
  let bytes: UInt64
  /// What the reader does that judges them.
  let judgedBy: String

  init(_ entry: Ledger.Entry) {
    self.kind = entry.kind.name
    self.bucket = entry.kind.bucket
    self.bytes = entry.bytes
    self.judgedBy = entry.kind.judgement
  }
}
