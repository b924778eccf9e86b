import Reporting

/// Standard output of the commands on cases: the answer, in the format that was asked for.
struct CaseOutput {
  private let format: OutputFormat
  private let isQuiet: Bool
  private let color: Bool
  private let invocation = Invocation.ofThisProcess()
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant

  /// The output of a call that begins now.
  init(_ display: CaseDisplayOptions) {
    self.init(display.format, isQuiet: display.quiet, color: display.color.isOn)
  }

  /// The output of a call that begins now.
  init(_ format: OutputFormat, isQuiet: Bool, color: Bool) {
    (self.format, self.isQuiet, self.color) = (format, isQuiet, color)
    start = clock.now
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
