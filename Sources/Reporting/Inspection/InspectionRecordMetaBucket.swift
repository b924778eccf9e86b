import EtcdStorage

/// A snapshot's `metaBucket`: the rows of etcd's bucket of that name, as far as they are well formed.
struct InspectionRecordMetaBucket: Encodable {
  let consistentIndex: UInt64?
  let term: UInt64?
  let confState: Bool
  let scheduledCompactRevision: Int64?
  let finishedCompactRevision: Int64?
  let storageVersion: PrintableText?

  init(_ meta: MetaBucket) {
    self.consistentIndex = meta.consistentIndex
    self.term = meta.term
    self.confState = meta.hasConfState
    self.scheduledCompactRevision = meta.scheduledCompactRevision?.main
    self.finishedCompactRevision = meta.finishedCompactRevision?.main
    self.storageVersion = (meta.storageVersion?.description).map(PrintableText.init)
  }
}
