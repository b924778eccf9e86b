import EncryptionConfig
import EtcdStorage
import VerificationModel

/// One of a snapshot's `buckets`.
struct InspectionRecordBucket: Encodable {
  /// Printable by itself; of what is no name, a digest.
  let name: String
  let nesting: Int
  let inline: Bool
  let rows: Int
  let bytes: UInt64

  init(_ bucket: BucketUsage) {
    self.name = bucket.label
    self.nesting = bucket.nesting
    self.inline = bucket.isInline
    self.rows = bucket.rows
    self.bytes = bucket.bytes
  }
}

extension BucketUsage {
  /// The name as reports show it: the buckets of etcd have plain names (server/storage/schema/bucket.go); another's may be
  /// anything, a Secret too. Bytes outside printable ASCII, and `%`, stand as `%XX`.
  var label: String { EtcdKey(bytes: Array(KeyLabel(bytes: name).description.utf8)).description }
}
