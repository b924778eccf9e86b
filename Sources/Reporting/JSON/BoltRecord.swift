import VerificationModel

/// A snapshot's `bolt`.
struct BoltRecord: Encodable {
  let pageSize: Int
  let pages: UInt64
  let reachablePages: UInt64
  let unreachablePages: UInt64
  let txid: UInt64
  let freelistStored: Bool
  let origin: String

  init(_ bolt: SnapshotReport.BoltSummary) {
    self.pageSize = bolt.pageSize
    self.pages = bolt.pages
    self.reachablePages = bolt.reachablePages
    self.unreachablePages = bolt.unreachablePages
    self.txid = bolt.txid
    self.freelistStored = bolt.freelistStored
    self.origin = bolt.origin.rawValue
  }
}
