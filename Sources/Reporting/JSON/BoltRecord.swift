import BoltFormat
import VerificationModel

/// A snapshot's `bolt`; of an inspection also how the file is written.
struct BoltRecord: Encodable {
  let formatVersion: UInt32?
  let byteOrder: String?
  let pageSize: Int
  let pages: UInt64
  let reachablePages: UInt64
  let unreachablePages: UInt64
  let txid: UInt64
  let freelistStored: Bool
  let origin: String

  /// - Parameter metas: an inspection's meta pages; nil in a report of `verify`.
  init(_ bolt: SnapshotReport.BoltSummary, metas: [MetaPage]? = nil) {
    self.formatVersion = metas.map { _ in Meta.version }
    self.byteOrder = metas?.lazy.compactMap { try? $0.content.get().byteOrder.rawValue }.first
    self.pageSize = bolt.pageSize
    self.pages = bolt.pages
    self.reachablePages = bolt.reachablePages
    self.unreachablePages = bolt.unreachablePages
    self.txid = bolt.txid
    self.freelistStored = bolt.freelistStored
    self.origin = bolt.origin.rawValue
  }
}
