#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Small files in which the system tells of itself, such as those of `/proc`.
package enum SystemFile {
  /// The text at `path`, at most ``limit`` bytes of it; nil where it can't be read.
  package static func text(at path: String) -> String? {
    guard let file = try? OpenedFile(path, [.regular]) else { return nil }
    var bytes = [UInt8](repeating: 0, count: limit)
    var count = 0
    while count < limit {
      // Sound: at most as many bytes are written as there is room for behind the first `count`.
      let added = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe read(file.number, buffer.baseAddress?.advanced(by: count), limit - count)
      }
      if added < 0, errno == EINTR { continue }
      guard added >= 0 else { return nil }
      if added == 0 { break }
      count += added
    }
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }

  private static let limit = 1 << 16
}
