#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// write(2) until everything is written.
enum Writing {
  /// Writes all of `text` to what is open as `descriptor`.
  static func all(of text: String, to descriptor: Int32) throws(WriteFailure) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      // Sound: the buffer is read inside the call that lends it.
      let count = unsafe bytes.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        throw WriteFailure(errno)
      }
      bytes = bytes.dropFirst(count)
    }
  }
}
