/// One snapshot of an input, or another file of it, unpacked, in file order.
///
/// It may be handed from thread to thread, but is to be used by one at a time.
public final class SnapshotStream: @unchecked Sendable {
  /// The input's path as the caller gave it, `-` for standard input.
  public let path: String
  /// The containers that were opened on the way to the snapshot, outermost first; none for a plain file.
  public let containers: [Container]
  /// The entry of an archive that the snapshot is. Archives inside archives stand before it: `backups.zip:etcd.db`.
  public let member: String?
  /// When the archive says that the entry was last modified, in seconds since 1970; nil where it does not, and where there
  /// is none.
  package let modified: Int64?
  /// Bytes in the snapshot, where that is known before it is read: for a plain regular file.
  public let byteCount: UInt64?
  /// The regular file that the snapshot is, where nothing is packed: the one that was opened, whatever its path leads to
  /// by now.
  public let file: SnapshotFile?

  private let bytes: ByteStream
  private let limit: UInt64
  private var doneBytes: UInt64 = 0
  /// What reading ended with.
  private(set) var failure: InputError?

  init(
    path: String, containers: [Container], byteCount: UInt64?, file: SnapshotFile?, _ bytes: ByteStream, limit: UInt64
  ) {
    self.path = path
    self.containers = containers
    self.member = bytes.member
    self.modified = bytes.modified
    self.byteCount = byteCount
    self.file = file
    self.bytes = bytes
    self.limit = containers.isEmpty ? .max : limit
  }

  /// Puts the next bytes at the front of `buffer`; answers how many: fewer than there is room for only before the end or
  /// a fault, and 0 only at the end.
  ///
  /// A plain file is read into `buffer` without a copy in between. Throws, from then on always, once everything before
  /// the fault was handed out; only who has read to the end knows that nothing is damaged or missing.
  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    do throws(InputError) {
      guard doneBytes <= limit else { throw tooLarge }
      let count = unsafe try bytes.read(into: buffer)
      doneBytes += UInt64(count)
      return count
    } catch {
      failure = error
      throw error
    }
  }

  private var tooLarge: InputError {
    InputError(
      .tooLarge, "unpacked, the snapshot has more than \(limit) bytes, which is the limit: raise it if that can be",
      member: member)
  }
}
