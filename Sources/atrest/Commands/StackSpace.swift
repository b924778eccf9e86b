#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The stack that a limit leaves this process (`ulimit -s`). Beyond it a process ends with a signal (SIGSEGV).
enum StackSpace {
  /// What the deepest call takes, and some more.
  private static let byteCount: rlim_t = 128 << 10

  /// Makes sure that the limit leaves enough. Where it does not, that is printed.
  static func check() throws(ExitStatus) {
    var limit = rlimit()
    // Sound: `limit` outlives the call, which fills it.
    #if canImport(Glibc)
      let status = unsafe getrlimit(__rlimit_resource_t(RLIMIT_STACK.rawValue), &limit)
    #else
      let status = unsafe getrlimit(RLIMIT_STACK, &limit)
    #endif
    guard status == 0, limit.rlim_cur < byteCount else { return }
    StandardOutput.sendError(
      "atrest: the limit on the stack (ulimit -s) leaves less than the \(byteCount >> 10) KiB that are needed: raise it\n"
    )
    throw .unreadable
  }
}
