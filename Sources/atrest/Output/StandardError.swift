#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What standard error leads to.
enum StandardError {
  /// Whether it is a terminal on which a line can be written over.
  static var isTerminal: Bool {
    let kind = unsafe getenv("TERM").map { unsafe String(cString: $0) }
    return isatty(STDERR_FILENO) == 1 && kind != "dumb"
  }

  /// Columns of that terminal; 80 where it does not tell.
  static var columns: Int {
    var size = winsize()
    // Sound: `size` outlives the call, which fills it.
    guard unsafe ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }
}
