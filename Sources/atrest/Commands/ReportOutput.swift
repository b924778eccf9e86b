import KubernetesStorage
import Redaction
import Reporting
import VerificationModel

/// What `verify` writes: to standard output text and ndjson as the snapshots are done, json at the end; and to files what
/// they were asked for.
struct ReportOutput {
  private let format: any ReportFormat
  private let invocation: Invocation
  /// Replaces the names in each report before a format sees it; nil where they stay.
  private let redactor: Redactor?
  /// Resources of which no snapshot has told yet. A call that names what does not exist is wrong: until each has shown
  /// itself, nothing is written.
  private var expected: Set<GroupResource>
  private let files: ReportFiles
  /// What is written once nothing is expected any more, and the files are.
  private var held = ""
  private var isEnding = false

  /// Begins the output of a call that names the resources `expected`, which must show themselves in a snapshot.
  init(
    _ format: OutputFormat, text: TextReport, policy: Policy, invocation: Invocation,
    expecting expected: Set<GroupResource>, redactor: Redactor? = nil, files: ReportFiles
  ) throws {
    self.redactor = redactor
    self.files = files
    self.format =
      switch format {
      case .text: text
      case .json: JSONReport()
      case .ndjson: NDJSONReport()
      }
    self.invocation = invocation
    self.expected = expected
    send(try self.format.start(policy: policy, invocation: invocation))
  }

  /// Writes what can be told before the last snapshot is done.
  mutating func add(_ snapshot: SnapshotReport, to report: inout Report) throws {
    if snapshot.etcd != nil { expected.formIntersection(snapshot.unknownResources) }
    let snapshot = redactor?.redacted(snapshot) ?? snapshot
    let format = self.format
    try format.next(snapshot, after: report) { send($0) }
    try files.add(snapshot, after: report)
    report.snapshots.append(snapshot)
  }

  /// What is wrong with the call, now that all snapshots are known: resources that none of them tells of. Nothing is
  /// said of that where a snapshot could not be read.
  func mistake(in report: Report) -> String? {
    guard !expected.isEmpty, report.verdict != .error else { return nil }
    return ResourceSelection.unknown(expected.sorted(), among: report.snapshots.flatMap(\.definedResources))
  }

  /// Writes the rest, the files first: a reader of standard output that goes away ends the process.
  mutating func end(_ report: Report, duration: Duration) throws {
    expected = []
    try files.end(report, duration: duration)
    isEnding = true
    let (format, invocation) = (self.format, self.invocation)
    try format.end(report, invocation: invocation, duration: duration) { send($0) }
  }

  private mutating func send(_ text: String) {
    held += text
    guard expected.isEmpty, !held.isEmpty else { return }
    // Where files are written too, they are written whatever becomes of standard output: at the end it is told.
    guard files.isEmpty || isEnding else { return }
    StandardOutput.send(held)
    held = ""
  }
}
