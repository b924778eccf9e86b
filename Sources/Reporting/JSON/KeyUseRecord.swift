import VerificationModel

/// One of a snapshot's `encryption`; an inspection leaves what only keys or a configuration can tell nil.
struct KeyUseRecord: Encodable {
  let provider: String
  let name: PrintableText
  let keyID: PrintableText?
  let keyIDHash: String?
  let live: Int
  let history: Int
  let authenticated: Int?
  let inConfig: Bool?
  let isWriteKey: Bool?

  init(_ use: SnapshotReport.KeyUse) {
    self.provider = use.provider.rawValue
    self.name = PrintableText(use.name)
    self.keyID = use.keyID.map(PrintableText.init)
    self.keyIDHash = use.keyIDHash
    self.live = use.live
    self.history = use.history
    self.authenticated = use.authenticated
    self.inConfig = use.inConfig
    self.isWriteKey = use.isWriteKey
  }
}
