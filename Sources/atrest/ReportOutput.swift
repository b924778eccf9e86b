import Reporting
import SnapshotVerification

/// Standard output of `verify`: text and ndjson as the snapshots are done, json at the end.
struct ReportOutput {
  private let format: OutputFormat
  private let text: TextReport
  private let invocation: Invocation

  /// Begins the output.
  init(_ format: OutputFormat, text: TextReport, policy: Policy, invocation: Invocation) throws {
    self.format = format
    self.text = text
    self.invocation = invocation
    if format == .ndjson { StandardOutput.send(try NDJSONReport.start(policy: policy, invocation: invocation)) }
  }

  /// Writes what can be told before the last snapshot is done.
  func add(_ snapshot: SnapshotReport, to report: inout Report) throws {
    switch format {
    case .text: StandardOutput.send(text.render(snapshot, policy: report.policy, isFirst: report.snapshots.isEmpty))
    case .ndjson: StandardOutput.send(try NDJSONReport.snapshot(snapshot))
    case .json: break
    }
    report.snapshots.append(snapshot)
  }

  /// Writes the rest.
  func end(_ report: Report, duration: Duration) throws {
    switch format {
    case .text: StandardOutput.send(text.renderSummary(report))
    case .ndjson: StandardOutput.send(try NDJSONReport.end(verdict: report.verdict, duration: duration))
    case .json: StandardOutput.send(try JSONReport.render(report, invocation: invocation, duration: duration))
    }
  }
}
