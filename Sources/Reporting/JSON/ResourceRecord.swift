import VerificationModel

/// One of a snapshot's `resources`.
struct ResourceRecord: Encodable {
  let resource: PrintableText
  let prefix: PrintableText
  let live: ClassCountsRecord
  let history: ClassCountsRecord
  let residue: ResidueCountsRecord?
  let writeProvider: PrintableText?
  let rotationComplete: Bool?

  init(_ summary: SnapshotReport.ResourceSummary) {
    self.resource = PrintableText(summary.resource)
    self.prefix = PrintableText(summary.prefix.description)
    self.live = ClassCountsRecord(summary.live)
    self.history = ClassCountsRecord(summary.history)
    self.residue = summary.residue.map(ResidueCountsRecord.init)
    self.writeProvider = (summary.rotation?.writer).map(PrintableText.init)
    self.rotationComplete = summary.rotation?.isComplete
  }
}
