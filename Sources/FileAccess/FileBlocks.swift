#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The bytes of a regular file, from its first on, block by block.
package final class FileBlocks {
  private let file: OpenedFile

  private static let blockBytes = 1 << 20

  /// Opens the file at `path`.
  package init(_ path: String) throws(OpenFailure) { file = try OpenedFile(path, [.regular]) }

  /// The next bytes, at most 1 MiB; nil at the end.
  package func next() throws(OpenFailure) -> [UInt8]? {
    var code: Int32 = 0
    let block = unsafe [UInt8](unsafeUninitializedCapacity: Self.blockBytes) { buffer, count in
      repeat {
        // Sound: at most as many bytes are written as there is room for.
        let added = unsafe read(file.number, buffer.baseAddress, buffer.count)
        (count, code) = (max(0, added), added < 0 ? errno : 0)
      } while code == EINTR
    }
    guard code == 0 else { throw .system(code) }
    return block.isEmpty ? nil : block
  }
}
