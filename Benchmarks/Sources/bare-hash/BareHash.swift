import Cryptography
import Foundation

/// `bare-hash FILE`: reads a file in blocks of 1 MiB, and does nothing with them but take the SHA-256, as `atrest` does.
///
/// It is what a verification can't be faster than.
@main
struct BareHash {
  /// Bytes that are read at once.
  private static let blockBytes = 1 << 20

  static func main() throws {
    guard CommandLine.arguments.count == 2 else {
      try FileHandle.standardError.write(contentsOf: Data("usage: bare-hash FILE\n".utf8))
      exit(2)
    }
    let file = open(CommandLine.arguments[1], O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw POSIXError(POSIXError.Code(rawValue: errno) ?? .EIO) }
    var hash = SHA256()
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: blockBytes, alignment: 4096)
    while true {
      // Sound: the buffer has as many bytes as are asked for.
      let count = unsafe read(file, block.baseAddress, block.count)
      guard count >= 0 else { throw POSIXError(POSIXError.Code(rawValue: errno) ?? .EIO) }
      guard count > 0 else { break }
      // Sound: that many bytes were read, and the buffer is not freed.
      hash.update(unsafe UnsafeRawBufferPointer(rebasing: block[..<count]).bytes)
    }
    print(hash.digest())
  }
}
