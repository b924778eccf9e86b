import BoltFormat
import VerificationModel

/// A snapshot's `bolt`: the members it has in a report of `verify`, and how the file is written.
struct InspectionRecordBolt: Encodable {
  let formatVersion = Meta.version
  let byteOrder: String?
  let pageSize: Int
  let pages: UInt64
  let reachablePages: UInt64
  let unreachablePages: UInt64
  let txid: UInt64
  let freelistStored: Bool
  let origin: String

  private enum CodingKeys: CodingKey {
    case formatVersion, byteOrder, pageSize, pages, reachablePages, unreachablePages, txid, freelistStored, origin
  }

  init(_ bolt: SnapshotReport.BoltSummary, metas: [MetaPage]) {
    self.byteOrder = metas.lazy.compactMap { try? $0.content.get().byteOrder.rawValue }.first
    self.pageSize = bolt.pageSize
    self.pages = bolt.pages
    self.reachablePages = bolt.reachablePages
    self.unreachablePages = bolt.unreachablePages
    self.txid = bolt.txid
    self.freelistStored = bolt.freelistStored
    self.origin = bolt.origin.rawValue
  }
}
