import Foundation

/// What a program answered, whatever its exit status.
package struct CapturedRun: Hashable, Sendable {
  /// The exit status; 128 and the signal's number for a program that died of one.
  package let status: Int32
  /// What it wrote to standard output.
  package let output: Data
  /// The first line that it wrote to standard error.
  package let errorLine: String?

  /// Runs the program that `arguments` begin with to its end.
  ///
  /// Throws ``CommandFailure`` when it can't be started.
  package init(_ arguments: [String]) throws {
    let null = try FileHandle(forUpdating: URL(filePath: "/dev/null"))
    let results = try FileHandle.temporary()
    let errors = try FileHandle.temporary()
    status = ProcessEnd(waitingFor: try Pipeline.start(arguments, null, results, errors)).status
    try results.seek(toOffset: 0)
    output = try results.readToEnd() ?? Data()
    errorLine = try errors.firstLine()
  }
}
