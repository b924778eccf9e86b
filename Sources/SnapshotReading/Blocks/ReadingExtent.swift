import BoltFormat
import EtcdStorage
import SnapshotInput
import VerificationModel

/// How much of a regular file is read: of a sparse one, no more than its bytes and some holes.
///
/// A hole is zero by definition, so nothing is in it. But to read it takes as long as if something were, and a file of some
/// kilobytes may have one of many terabytes.
struct ReadingExtent: Sendable {
  /// Where reading ends.
  let end: UInt64
  /// Bytes from there to the end of the file: a hole, if there are any.
  let holeBytes: UInt64

  /// The longest hole behind a database that is read as any other bytes.
  private static let longestTail = SnapshotFile.longestUnasked
  /// The most bytes in holes that are read among others: no database of etcd is so large.
  private static let mostHoleBytes: UInt64 = 8 << 30

  /// All of `file`, in which `tree` is, but for a long hole at its end that lies behind the database.
  ///
  /// Throws when there are holes elsewhere that would have to be read, and are longer than any database.
  init(_ file: SnapshotFile, _ tree: Tree) throws(VerificationError) {
    let (byteCount, pageSize) = (file.byteCount, UInt64(tree.meta.pageSize))
    let holes = file.holes()
    let (database, isTooLong) = tree.imageBytes.addingReportingOverflow(Trailer.byteCount)
    let used = isTooLong ? byteCount : max(holes.dataEnd, database)
    let usedPages = min(byteCount, used) / pageSize + 1
    let (usedBytes, _) = usedPages.multipliedReportingOverflow(by: pageSize)
    if usedBytes < byteCount, byteCount - usedBytes > Self.longestTail {
      (end, holeBytes) = (usedBytes, byteCount - usedBytes)
    } else {
      (end, holeBytes) = (byteCount, 0)
    }
    let hollow = holes.bytes(before: end)
    guard hollow <= Self.mostHoleBytes else {
      throw VerificationError(
        code: "sparse-file",
        message: "the file is sparse: \(hollow) of its \(byteCount) bytes are holes that were never written or were "
          + "lost, more than any database of etcd has bytes; take a new snapshot and verify that")
    }
  }
}
