import ByteViews
import Cryptography

/// The SHA-256 over the rows of one snapshot, in the order of table ``CaseTable/rows``: of each the key without the number of
/// the cluster, the digests of what its numbers stand for, and the layers that have it.
final class RowsDigest {
  private var hash = SHA256()
  private(set) var count = 0

  /// Adds a row as ``RowFingerprints/write(_:_:to:)`` writes it.
  func add(_ row: RawSpan) {
    hash.update(row)
    count += 1
  }

  /// The digest so far.
  var digest: SHA256Digest { hash.digest() }
}
