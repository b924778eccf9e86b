import Cryptography
import FileAccess
import SnapshotInput
import VerificationModel

/// The SHA-256 and the size of a regular file, as `sha256sum` has them.
struct FileDigest {
  let digest: SHA256Digest
  let bytes: UInt64

  /// Those of the input that `input` is about. Of a snapshot that lies in it as it is they are known; any other file is read
  /// once more. nil where it is no regular file, can't be read, or has more than 1 GiB of holes. O(file).
  init?(of input: InputReport) {
    guard let first = input.snapshots.first else { return nil }
    if first.file.containers.isEmpty, first.file.member == nil, let digest = first.file.digest,
      let file = try? OpenedFile(first.path, [.regular]), file.state.byteCount == first.file.bytes
    {
      self.init(digest: digest, bytes: first.file.bytes)
    } else {
      self.init(of: first.path)
    }
  }

  private init?(of path: String) {
    guard let blocks = try? FileBlocks(path) else { return nil }
    if let file = try? SnapshotFile(opening: path), file.isHollow { return nil }
    var hash = SHA256()
    var bytes: UInt64 = 0
    do throws(OpenFailure) {
      while let block = try blocks.next() {
        // Sound: bytes of any value are bytes.
        unsafe hash.update(block.span.bytes)
        bytes += UInt64(block.count)
      }
    } catch {
      return nil
    }
    self.init(digest: hash.digest(), bytes: bytes)
  }

  private init(digest: SHA256Digest, bytes: UInt64) {
    self.digest = digest
    self.bytes = bytes
  }
}
