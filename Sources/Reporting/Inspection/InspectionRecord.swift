import VerificationModel

/// One of the document's `snapshots`.
struct InspectionRecord: Encodable {
  let path: PrintableText
  let complete: Bool
  let file: FileRecord
  let status: InspectionRecordStatus?
  let bolt: BoltRecord?
  let metas: [InspectionRecordMeta]?
  let pages: InspectionRecordPages?
  let ledger: [InspectionRecordLedgerEntry]?
  let ledgerTotal: UInt64?
  let buckets: [InspectionRecordBucket]?
  let bucketsOmitted: Int?
  let trailer: InspectionRecordTrailer?
  let etcd: EtcdRecord?
  let metaBucket: InspectionRecordMetaBucket?
  let cluster: InspectionRecordCluster?
  let resources: [InspectionRecordResource]?
  let encryption: [KeyUseRecord]?
  let apiServers: [InspectionRecordServer]?
  let errors: [ErrorRecord]

  init(_ inspection: Inspection) {
    self.path = PrintableText(inspection.path)
    self.complete = inspection.isComplete
    self.file = FileRecord(inspection.file)
    self.status = inspection.status.map(InspectionRecordStatus.init)
    self.bolt = inspection.bolt.map { BoltRecord($0, metas: inspection.metas) }
    self.metas = inspection.metas.map(InspectionRecordMeta.init).unlessEmpty
    self.pages = inspection.pages.map(InspectionRecordPages.init)
    self.ledger = inspection.ledger.map { $0.entries.map(InspectionRecordLedgerEntry.init) }
    self.ledgerTotal = inspection.ledger?.total
    self.buckets = inspection.buckets.map(InspectionRecordBucket.init).unlessEmpty
    self.bucketsOmitted = inspection.bucketsOmitted > 0 ? inspection.bucketsOmitted : nil
    self.trailer = inspection.trailer.map(InspectionRecordTrailer.init)
    self.etcd = inspection.etcd.map { EtcdRecord($0, hasScope: false) }
    self.metaBucket = inspection.metaBucket.map(InspectionRecordMetaBucket.init)
    self.cluster = inspection.cluster.map(InspectionRecordCluster.init)
    self.resources = inspection.resources.map(InspectionRecordResource.init).unlessEmpty
    self.encryption = inspection.encryption.map(KeyUseRecord.init).unlessEmpty
    self.apiServers = inspection.apiServers.map(InspectionRecordServer.init).unlessEmpty
    self.errors = ErrorRecord.list(of: inspection.errors, omitted: inspection.errorsOmitted)
  }
}
