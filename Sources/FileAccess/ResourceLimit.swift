#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What the system lets this process have: getrlimit(2).
package enum ResourceLimit {
  /// How long a file may become that it writes (`ulimit -f`).
  case fileSize
  /// How large the stack of its first thread may become (`ulimit -s`).
  case stack

  /// The limit in bytes; nil where there is none.
  package var byteCount: UInt64? {
    var limit = rlimit()
    // Sound: `limit` outlives the call, which fills it.
    guard unsafe getrlimit(resource, &limit) == 0, limit.rlim_cur != rlim_t.max, limit.rlim_cur != Self.infinity else {
      return nil
    }
    return UInt64(limit.rlim_cur)
  }

  // RLIM_INFINITY is an expression that Swift does not import: all ones on Linux, all but the sign elsewhere.
  private static let infinity = rlim_t(Int64.max)

  #if canImport(Glibc)
    private var resource: __rlimit_resource_t {
      switch self {
      case .fileSize: __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
      case .stack: __rlimit_resource_t(RLIMIT_STACK.rawValue)
      }
    }
  #else
    private var resource: Int32 {
      switch self {
      case .fileSize: RLIMIT_FSIZE
      case .stack: RLIMIT_STACK
      }
    }
  #endif
}
