#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Why something could not be written.
package struct WriteFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// The system's error number (errno(3)).
  package let code: Int32

  /// The failure that the system has this number for.
  package init(_ code: Int32) { self.code = code }

  /// The system's words for it; where a file met the limit on the size of files, with that.
  package var description: String {
    // Sound: the system answers a string for each number.
    let words = unsafe String(cString: strerror(code))
    guard code == EFBIG, let limit = ResourceLimit.fileSize.byteCount else { return words }
    return "\(words): the limit on the size of files (ulimit -f) is \(limit) bytes"
  }
}
