#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Ends a command with a status, once its output is written.
struct ExitStatus: Error {
  /// 0 to 3, as `atrest verify --help` tells.
  let code: Int32

  /// Everything is in order.
  static let success = ExitStatus(code: 0)
  /// A call that can't be understood.
  static let usage = ExitStatus(code: 2)
  /// Everything was read, and something was found.
  static let found = ExitStatus(code: 1)
  /// What is asked for can't be read.
  static let unreadable = ExitStatus(code: 3)
  /// A report that can't be written: what was not told was not verified.
  static let unwritable = ExitStatus(code: 3)

  /// That of a process which a signal ended, as shells have it.
  static func ended(by signal: Int32) -> ExitStatus { ExitStatus(code: 128 + signal) }

  /// Ends the process at once, with nothing to flush: other threads may be at work, and what libraries take down in exit(3)
  /// is what these are using.
  func end() -> Never { _exit(code) }
}
