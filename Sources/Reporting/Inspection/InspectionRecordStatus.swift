import EtcdStorage

/// A snapshot's `status`: hash, revision, total keys, total size and version as `etcdutl snapshot status` prints them.
struct InspectionRecordStatus: Encodable {
  let hash: UInt32
  /// As etcdutl prints it: without leading zeros.
  let hashHex: String
  let hashComparable: Bool
  let revision: Int64
  let totalKeys: Int
  let liveKeys: Int
  let totalSize: UInt64
  let version: PrintableText

  init(_ status: SnapshotStatus) {
    self.hash = status.hash
    self.hashHex = status.hashText
    self.hashComparable = status.isHashComparable
    self.revision = status.revision
    self.totalKeys = status.totalKeys
    self.liveKeys = status.liveKeys
    self.totalSize = status.totalSize
    self.version = PrintableText(status.version)
  }
}
