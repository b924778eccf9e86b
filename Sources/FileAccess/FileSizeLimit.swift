#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How long a file may become that this process writes: `ulimit -f`.
package enum FileSizeLimit {
  /// The limit in bytes; nil where there is none.
  package static var byteCount: UInt64? {
    var limit = rlimit()
    // Sound: `limit` outlives the call, which fills it.
    guard unsafe getrlimit(resource, &limit) == 0, limit.rlim_cur != rlim_t.max, limit.rlim_cur != infinity else {
      return nil
    }
    return UInt64(limit.rlim_cur)
  }

  // RLIM_INFINITY is an expression that Swift does not import: all ones on Linux, all but the sign elsewhere.
  private static let infinity = rlim_t(Int64.max)

  #if canImport(Glibc)
    private static let resource = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
  #else
    private static let resource = RLIMIT_FSIZE
  #endif
}
