#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What came of doing the work of this call in a child process: a file that is cut while it is mapped kills whoever reads it.
enum ChildRun {
  /// This process is the child, or there can't be one: the work is to be done here.
  case isChild
  /// The child did it, and ended with this status.
  case ended(Int32)
  /// The child crashed with this signal.
  case crashed(Int32)
  /// The child was ended by this signal, which somebody sent.
  case stopped(Int32)

  private static let mark = "ATREST_CHILD"

  /// Runs this program again with the same arguments and streams, unless this is that run already.
  static func ofThisCall() -> ChildRun {
    #if os(Linux)
      // Sound: no other thread reads the environment meanwhile, for none was begun.
      if unsafe getenv(mark) != nil {
        endWithParent()
        return .isChild
      }
      guard unsafe setenv(mark, "1", 1) == 0 else { return .isChild }
      // Sound: the strings are copies, which are freed once the child has its own; the array ends with nil.
      var arguments = unsafe CommandLine.arguments.map { unsafe strdup($0) } + [nil]
      defer { unsafe arguments.forEach { unsafe free($0) } }
      // Who lets this signal be ignored hears of no child's end (wait(2)), and that is inherited.
      signal(SIGCHLD, SIG_DFL)
      var child = pid_t()
      let code = unsafe posix_spawn(&child, "/proc/self/exe", nil, nil, &arguments, environ)
      unsafe unsetenv(mark)
      guard code == 0 else { return .isChild }
      var status: Int32 = 0
      while unsafe waitpid(child, &status, 0) < 0 { guard errno == EINTR else { return .stopped(0) } }
      // As <sys/wait.h> has them: the signal in the low seven bits, the status above.
      let signal = status & 0x7F
      guard signal != 0 else { return .ended(status >> 8 & 0xFF) }
      return [SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP].contains(signal) ? .crashed(signal) : .stopped(signal)
    #else
      return .isChild
    #endif
  }

  #if os(Linux)
    /// Has the system end this process when the one that waits for it ends (prctl(2), `PR_SET_PDEATHSIG`).
    private static func endWithParent() {
      typealias Control = @convention(c) (CInt, CUnsignedLong, CUnsignedLong, CUnsignedLong, CUnsignedLong) -> CInt
      // Sound: the function has this type, but that the arguments behind the first may be left out, and is looked up because
      // the modules of the C library leave its header out.
      guard let symbol = unsafe dlsym(nil, "prctl") else { return }
      let setsSignal: CInt = 1
      _ = unsafe unsafeBitCast(symbol, to: Control.self)(setsSignal, CUnsignedLong(SIGTERM), 0, 0, 0)
    }
  #endif
}
