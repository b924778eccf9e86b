import Cryptography
import FileAccess

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The SHA-256 and the size of a regular file, as `sha256sum` has them.
struct FileDigest {
  let digest: SHA256Digest
  let bytes: UInt64

  private static let blockBytes = 1 << 20

  /// Reads all of the file at `path`. nil where it is no regular file, or can't be read. O(file).
  init?(of path: String) {
    guard let file = try? OpenedFile(path, [.regular]) else { return nil }
    var hash = SHA256()
    var bytes: UInt64 = 0
    var block = [UInt8](repeating: 0, count: Self.blockBytes)
    while true {
      // Sound: at most as many bytes are written as there is room for.
      let count = unsafe block.withUnsafeMutableBytes { unsafe read(file.number, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { break }
      // Sound: bytes of any value are bytes.
      unsafe hash.update(block.span.bytes.extracting(0..<count))
      bytes += UInt64(count)
    }
    digest = hash.digest()
    self.bytes = bytes
  }
}
