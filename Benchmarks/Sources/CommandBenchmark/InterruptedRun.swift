import Foundation

/// A program that is killed after a while, unless it has ended by then.
package struct InterruptedRun: Hashable, Sendable {
  /// How it ended.
  package enum Outcome: Hashable, Sendable {
    /// By SIGKILL.
    case killed
    /// By itself, with this status, and this as the first line that it wrote to standard error.
    case ended(status: Int32, line: String?)
  }

  /// The program's path, and arguments.
  package let arguments: [String]

  /// A run of the program that `arguments` begin with.
  package init(_ arguments: [String]) { self.arguments = arguments }

  /// Starts the program, kills it after `moment`, and waits for its end.
  ///
  /// Throws ``CommandFailure`` when it can't be started.
  package func run(killingAfter moment: Duration) throws -> Outcome {
    let null = try FileHandle(forUpdating: URL(filePath: "/dev/null"))
    let errors = try FileHandle.temporary()
    let process = try Pipeline.start(arguments, null, null, errors)
    usleep(UInt32(moment.seconds * 1_000_000))
    // It is a child that nobody has waited for: the number still means this process.
    _ = kill(process, SIGKILL)
    let end = ProcessEnd(waitingFor: process)
    return end.status == 128 + SIGKILL ? .killed : .ended(status: end.status, line: try errors.firstLine())
  }
}
