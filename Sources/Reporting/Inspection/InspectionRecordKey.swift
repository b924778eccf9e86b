import VerificationModel

/// One of a snapshot's `encryption`.
struct InspectionRecordKey: Encodable {
  let provider: String
  let name: PrintableText
  let keyID: PrintableText?
  let keyIDHash: String?
  let live: Int
  let history: Int

  init(_ use: SnapshotReport.KeyUse) {
    self.provider = use.provider.rawValue
    self.name = PrintableText(use.name)
    self.keyID = use.keyID.map(PrintableText.init)
    self.keyIDHash = use.keyIDHash
    self.live = use.live
    self.history = use.history
  }
}
