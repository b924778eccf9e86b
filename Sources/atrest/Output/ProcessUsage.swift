#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What the system counted for this process so far (getrusage(2)).
struct ProcessUsage {
  /// How long processors worked for it.
  let userTime: Duration
  /// How long processors worked for it inside the system.
  let systemTime: Duration
  /// The most bytes it had in memory at once.
  let peakMemory: UInt64

  /// The usage up to now.
  init() {
    var usage = rusage()
    // Sound: `usage` outlives the call, which fills it.
    #if canImport(Glibc)
      _ = unsafe getrusage(RUSAGE_SELF.rawValue, &usage)
    #else
      _ = unsafe getrusage(RUSAGE_SELF, &usage)
    #endif
    userTime = Self.duration(usage.ru_utime)
    systemTime = Self.duration(usage.ru_stime)
    #if os(Linux)
      peakMemory = UInt64(usage.ru_maxrss) * 1024
    #else
      peakMemory = UInt64(usage.ru_maxrss)
    #endif
  }

  private static func duration(_ time: timeval) -> Duration {
    .seconds(Int64(time.tv_sec)) + .microseconds(Int64(time.tv_usec))
  }
}
