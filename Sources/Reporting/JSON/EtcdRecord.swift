import VerificationModel

/// A snapshot's `etcd`.
struct EtcdRecord: Encodable {
  let revision: Int64
  let compactRevision: Int64
  let revisions: Int
  let tombstones: Int
  let liveKeys: Int
  let version: PrintableText?
  let unreadableRows: Int
  /// Only where there is a scope: an inspection has none.
  let liveKeysInScope: Int?

  init(_ etcd: SnapshotReport.EtcdSummary, hasScope: Bool) {
    self.revision = etcd.revision
    self.compactRevision = etcd.compactRevision
    self.revisions = etcd.revisions
    self.tombstones = etcd.tombstones
    self.liveKeys = etcd.liveKeys
    self.version = etcd.version.map(PrintableText.init)
    self.unreadableRows = etcd.unreadableRows
    self.liveKeysInScope = hasScope ? etcd.liveKeysInScope : nil
  }
}
