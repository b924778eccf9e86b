import VerificationModel

/// One format of the report about a call of `verify`: what is written, and when.
///
/// A format is told of the snapshots one by one, in the order of their report, and answers what is to be written then;
/// what can't be told before the end comes with the end.
public protocol ReportFormat: Sendable {
  /// What is written before anything is verified.
  func start(policy: Policy, invocation: Invocation) throws -> String

  /// What is written about `snapshot`, the next one behind those that `report` has.
  func next(_ snapshot: SnapshotReport, after report: Report) throws -> String

  /// What is written when `report` is complete, after a call that took `duration`.
  func end(_ report: Report, invocation: Invocation, duration: Duration) throws -> String
}

extension TextReport: ReportFormat {
  /// See ``ReportFormat/start(policy:invocation:)``.
  public func start(policy: Policy, invocation: Invocation) -> String { "" }

  /// See ``ReportFormat/next(_:after:)``.
  public func next(_ snapshot: SnapshotReport, after report: Report) -> String {
    render(snapshot, policy: report.policy, isFirst: report.snapshots.isEmpty)
  }

  /// See ``ReportFormat/end(_:invocation:duration:)``.
  public func end(_ report: Report, invocation: Invocation, duration: Duration) -> String { renderSummary(report) }
}

extension JSONReport: ReportFormat {
  /// See ``ReportFormat/start(policy:invocation:)``.
  public func start(policy: Policy, invocation: Invocation) -> String { "" }

  /// See ``ReportFormat/next(_:after:)``.
  public func next(_ snapshot: SnapshotReport, after report: Report) -> String { "" }

  /// See ``ReportFormat/end(_:invocation:duration:)``.
  public func end(_ report: Report, invocation: Invocation, duration: Duration) throws -> String {
    try Self.render(report, invocation: invocation, duration: duration)
  }
}

extension NDJSONReport: ReportFormat {
  /// See ``ReportFormat/start(policy:invocation:)``.
  public func start(policy: Policy, invocation: Invocation) throws -> String {
    try Self.start(policy: policy, invocation: invocation)
  }

  /// See ``ReportFormat/next(_:after:)``.
  public func next(_ snapshot: SnapshotReport, after report: Report) throws -> String {
    try Self.snapshot(snapshot, policy: report.policy)
  }

  /// See ``ReportFormat/end(_:invocation:duration:)``.
  public func end(_ report: Report, invocation: Invocation, duration: Duration) throws -> String {
    try Self.end(report, duration: duration)
  }
}
