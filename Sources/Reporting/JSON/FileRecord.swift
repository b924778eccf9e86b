import VerificationModel

/// A snapshot's `file`.
struct FileRecord: Encodable {
  let bytes: UInt64
  let container: [String]
  let member: PrintableText?
  let content: String?
  let sha256: HashRecord?

  init(_ file: SnapshotReport.FileSummary) {
    self.bytes = file.bytes
    self.container = file.containers.map(\.rawValue)
    self.member = file.member.map(PrintableText.init)
    self.content = file.content?.rawValue
    self.sha256 = file.hash.map(HashRecord.init)
  }
}
