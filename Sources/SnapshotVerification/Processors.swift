#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The processors that this process may use.
enum Processors {
  /// How many there are, at least 1.
  static let available = max(1, allowed ?? ProcessInfo.processInfo.activeProcessorCount)

  /// How many the process is allowed to run on, as `taskset` and containers have it; nil where the system does not tell.
  private static var allowed: Int? {
    FileManager.default.contents(atPath: "/proc/self/status").flatMap {
      allowed(in: String(decoding: $0, as: UTF8.self))
    }
  }

  /// How many processors `status` allows, Linux's account of a process: a line such as `Cpus_allowed: f,ffffffff`, in
  /// which each bit is one (proc_pid_status(5)).
  static func allowed(in status: String) -> Int? {
    let name = "Cpus_allowed:"
    guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix(name) }) else { return nil }
    return line.dropFirst(name.count).reduce(0) { $0 + ($1.hexDigitValue?.nonzeroBitCount ?? 0) }
  }
}
