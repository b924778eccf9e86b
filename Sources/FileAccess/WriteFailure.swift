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

  /// The system's words for it.
  package var description: String { unsafe String(cString: strerror(code)) }
}
