import Reporting
import SnapshotInput
import VerificationModel

extension DisplayOptions {
  /// Does something while standard output may be written to.
  typealias StandingAside = (() throws -> Void) throws -> Void

  /// Does `work`, which reads `entries`, and shows meanwhile how far that has come.
  ///
  /// - Parameter work: handed what it is to tell, nil where nobody looks; and what it is to write its reports in.
  func showingProgress(
    of entries: [InputList.Entry], _ work: (ReadingProgress?, StandingAside) throws -> Void
  ) throws {
    guard let form = progress.form(isQuiet: quiet) else { return try work(nil) { try $0() } }
    let reading = ReadingProgress(of: entries)
    let display = ProgressDisplay(reading, form)
    defer { display.finish() }
    try work(reading) { try display.standAside(for: $0) }
  }
}

extension StandardOutput {
  /// Prints on standard error what a run cost.
  static func sendCost(of statistics: RunStatistics, wallTime: Duration) {
    let usage = ProcessUsage()
    let cost = RunCost(
      statistics, wallTime: wallTime, userTime: usage.userTime, systemTime: usage.systemTime,
      peakMemory: usage.peakMemory, sandbox: .ofThisProcess)
    sendError(cost.render())
  }
}
