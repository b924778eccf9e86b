import Foundation

/// How a process ended, and what it took.
struct ProcessEnd: Hashable, Sendable {
  /// The exit status; 128 and the signal's number for a process that died of one.
  let status: Int32
  /// Seconds in user mode and in the kernel.
  let processor: Double
  /// The most memory that it had at once, in bytes.
  let peakBytes: Int

  /// Waits until the child `process` ends.
  init(waitingFor process: pid_t) {
    var end: Int32 = 0
    var usage = rusage()
    // Sound: both are written before the call returns.
    _ = unsafe wait4(process, &end, 0, &usage)
    status = end & 0x7F == 0 ? end >> 8 & 0xFF : 128 + end & 0x7F
    processor = usage.ru_utime.seconds + usage.ru_stime.seconds
    #if os(Linux)
      peakBytes = usage.ru_maxrss * 1024
    #else
      peakBytes = usage.ru_maxrss
    #endif
  }
}

extension timeval {
  fileprivate var seconds: Double { Double(tv_sec) + Double(tv_usec) / 1_000_000 }
}
