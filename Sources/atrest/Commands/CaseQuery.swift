import CaseStore
import Reporting

/// A command that asks a case something, and answers with a report.
protocol CaseQuery: CaseSubcommand {
  var directory: CaseDirectory { get }
  var display: CaseDisplayOptions { get }
  var sandbox: SandboxOption { get }

  /// Makes sure that the options go together, the directory left aside.
  func checkOptions() throws
  /// The answer of the case that `reader` has opened at `path`, and how the command ends.
  func answer(_ reader: inout CaseReader, at path: String) throws(CaseError) -> (CaseReport, ExitStatus)
}

extension CaseQuery {
  func checkOptions() throws {}

  func check() throws {
    try directory.check()
    try checkOptions()
  }

  func run() throws {
    try directory.inChild {
      try directory.confine(sandbox)
      let output = CaseOutput(display)
      let (report, status) = try directory.trying { path throws(CaseError) in
        var reader = try CaseReader(reading: path, waiting: { CaseDirectory.tellOfWaiting(path) })
        return try answer(&reader, at: path)
      }
      try output.send(report)
      throw status
    }
  }
}
