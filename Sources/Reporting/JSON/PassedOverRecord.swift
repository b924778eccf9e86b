import SnapshotInput

/// One of the files that were found and not verified: of the report's `passedOver`, or of a snapshot's `unexamined`.
struct PassedOverRecord: Encodable {
  let path: PrintableText
  let member: PrintableText?
  let reason: String
  let content: String?

  init(_ file: PassedOver) {
    self.path = PrintableText(file.path)
    self.member = file.member.map(PrintableText.init)
    self.reason = file.reason.rawValue
    self.content = file.content?.rawValue
  }
}
