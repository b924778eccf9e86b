import VerificationModel

/// One of a snapshot's `resources`.
struct InspectionRecordResource: Encodable {
  let resource: PrintableText
  let kind: String
  let prefix: PrintableText?
  let liveKeys: Int
  let rows: Int
  let bytes: UInt64
  let live: ClassCountsRecord
  let history: ClassCountsRecord

  init(_ usage: ResourceUsage) {
    self.resource = PrintableText(usage.resource)
    self.kind = usage.kind.rawValue
    self.prefix = usage.prefix.map { PrintableText($0.description) }
    self.liveKeys = usage.liveKeys
    self.rows = usage.rows
    self.bytes = usage.bytes
    self.live = ClassCountsRecord(usage.live)
    self.history = ClassCountsRecord(usage.history)
  }
}
