import BoltFormat
import EtcdStorage
import SnapshotInspection
import TestSupport
import VerificationModel

/// The inspection of a file of these bytes.
func inspection(of file: [UInt8], _ inspector: Inspector = Inspector()) throws -> Inspection {
  let directory = try TemporaryDirectory()
  return try inspector.inspect(path: directory.file("backup.db", file))
}

/// The inspection of what `etcdctl snapshot save` makes of a database.
func inspection(of image: BoltImage) throws -> Inspection { try inspection(of: image.snapshot()) }

/// The inspection of a snapshot of a store with this root bucket.
func inspection(of root: BoltBucket) throws -> Inspection { try inspection(of: BoltWriter().image(root)) }

extension Inspection {
  /// The codes of the errors, in the order of the report.
  var errorCodes: [String] { errors.map(\.code) }

  /// The bucket of this name; nil when it is not listed.
  func bucket(_ name: String) -> BucketUsage? { buckets.first { $0.name == Array(name.utf8) } }
}

extension SnapshotStatus {
  /// Whether these are the figures that etcd's own tool would print.
  func agrees(with status: EtcdStatus) -> Bool {
    hash == status.hash && revision == status.revision && totalKeys == status.rowCount
      && liveKeys == status.liveKeyCount
  }
}
