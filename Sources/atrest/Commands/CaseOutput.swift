import Reporting

/// Standard output of the commands on cases: the answer, in the format that was asked for.
struct CaseOutput {
  private let format: OutputFormat
  private let isQuiet: Bool
  private let color: Bool
  private let invocation = Invocation.ofThisProcess()
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant

  /// The output of a call that began at `start`. The process has given up what it can do without.
  init(_ display: CaseDisplayOptions, since start: ContinuousClock.Instant = .now) {
    self.init(display.format, isQuiet: display.quiet, color: display.color.isOn, since: start)
  }

  /// The output of a call that began at `start`.
  init(_ format: OutputFormat, isQuiet: Bool, color: Bool, since start: ContinuousClock.Instant = .now) {
    (self.format, self.isQuiet, self.color) = (format, isQuiet, color)
    self.start = start
  }

  /// How long the call has taken so far.
  var elapsed: Duration { start.duration(to: clock.now) }

  /// Writes all of it.
  func send(_ report: CaseReport) throws {
    let duration = elapsed
    switch format {
    case .text: StandardOutput.send(report.text(color: color, isQuiet: isQuiet, width: StandardOutput.columns))
    case .json: StandardOutput.send(try report.json(invocation: invocation, duration: duration))
    case .ndjson: StandardOutput.send(try report.ndjson(invocation: invocation, duration: duration))
    }
  }
}
