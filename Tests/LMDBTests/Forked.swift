#if os(Linux)
  import Glibc

  /// Runs `body` in a process that is forked, which ends with what it answers; answers the number of the process.
  func forked(_ body: () -> Int32) -> pid_t {
    let child = fork()
    if child == 0 { _exit(body()) }
    return child
  }
#endif
