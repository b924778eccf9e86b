import SnapshotVerification

/// A snapshot's `file`.
struct FileRecord: Encodable {
  let bytes: UInt64
  let container: [String] = []
  let sha256: HashRecord?

  init(_ file: SnapshotReport.FileSummary) {
    self.bytes = file.bytes
    self.sha256 = file.hash.map(HashRecord.init)
  }
}
