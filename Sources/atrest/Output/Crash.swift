#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What is left of the process when it crashes.
enum Crash {
  /// Lets a crash tell nothing of what the memory holds, which may be plaintext: neither in the backtrace of Swift's
  /// runtime, which prints the bytes that registers point to, nor in a core file.
  static func tellsNothing() {
    for number in [SIGQUIT, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP] {
      signal(number, SIG_DFL)
    }
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    // Sound: `none` outlives the call, which reads it.
    #if canImport(Glibc)
      _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    #else
      _ = unsafe setrlimit(RLIMIT_CORE, &none)
    #endif
  }
}
