import EtcdStorage
import VerificationModel

/// One of a snapshot's `buckets`.
struct InspectionRecordBucket: Encodable {
  /// Lossless, and printable by itself: bytes outside printable ASCII, and `%`, stand as `%XX`.
  let name: String
  let nesting: Int
  let inline: Bool
  let rows: Int
  let bytes: UInt64

  init(_ bucket: BucketUsage) {
    self.name = EtcdKey(bytes: bucket.name).description
    self.nesting = bucket.nesting
    self.inline = bucket.isInline
    self.rows = bucket.rows
    self.bytes = bucket.bytes
  }
}
