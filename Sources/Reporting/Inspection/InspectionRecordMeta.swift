import BoltFormat
import VerificationModel

/// One of a snapshot's `metas`: what the meta page says, or its damage.
struct InspectionRecordMeta: Encodable {
  let page: UInt64
  let current: Bool
  let usable: Bool
  let checksumMatches: Bool?
  let damage: ErrorRecord?
  let txid: UInt64?
  let root: UInt64?
  let freelist: UInt64?
  let highWaterMark: UInt64?
  let pageSize: Int?

  init(_ meta: MetaPage) {
    let content = try? meta.content.get()
    self.page = meta.page.rawValue
    self.current = meta.isCurrent
    self.usable = content != nil
    self.checksumMatches = meta.checksumMatches
    if case .failure(let damage) = meta.content {
      self.damage = ErrorRecord(
        VerificationError(
          code: damage.code.rawValue, message: damage.description, page: damage.page, offset: damage.offset))
    } else {
      self.damage = nil
    }
    self.txid = content?.txid
    self.root = content?.root.rawValue
    self.freelist = content.flatMap { $0.storesFreelist ? $0.freelist.rawValue : nil }
    self.highWaterMark = content?.highWaterMark.rawValue
    self.pageSize = content?.pageSize
  }
}
