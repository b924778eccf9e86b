import VerificationModel

/// One format of the report about a call of `verify`: what is written, and when.
///
/// A format is told of the snapshots one by one, in the order of their report, and answers what is to be written then;
/// what can't be told before the end comes with the end.
public protocol ReportFormat: Sendable {
  /// What is written before anything is verified.
  func start(policy: Policy, invocation: Invocation) throws -> String

  /// Writes, piece by piece, what is to be said about `snapshot`, the next one behind those that `report` has.
  func next(_ snapshot: SnapshotReport, after report: Report, to write: (String) throws -> Void) throws

  /// Writes, piece by piece, what is to be said when `report` is complete, after a call that took `duration`.
  func end(
    _ report: Report, invocation: Invocation, duration: Duration, to write: (String) throws -> Void
  ) throws
}

extension TextReport: ReportFormat {
  /// See ``ReportFormat/start(policy:invocation:)``.
  public func start(policy: Policy, invocation: Invocation) -> String { "" }

  /// See ``ReportFormat/next(_:after:to:)``.
  public func next(_ snapshot: SnapshotReport, after report: Report, to write: (String) throws -> Void) throws {
    try write(render(snapshot, policy: report.policy, isFirst: report.snapshots.isEmpty))
  }

  /// See ``ReportFormat/end(_:invocation:duration:to:)``.
  public func end(
    _ report: Report, invocation: Invocation, duration: Duration, to write: (String) throws -> Void
  ) throws {
    try write(renderSummary(report))
  }
}

extension JSONReport: ReportFormat {
  /// See ``ReportFormat/start(policy:invocation:)``.
  public func start(policy: Policy, invocation: Invocation) -> String { "" }

  /// See ``ReportFormat/next(_:after:to:)``.
  public func next(_ snapshot: SnapshotReport, after report: Report, to write: (String) throws -> Void) {}

  /// See ``ReportFormat/end(_:invocation:duration:to:)``.
  public func end(
    _ report: Report, invocation: Invocation, duration: Duration, to write: (String) throws -> Void
  ) throws {
    try Self.write(report, invocation: invocation, duration: duration, to: write)
  }
}

extension NDJSONReport: ReportFormat {
  /// See ``ReportFormat/start(policy:invocation:)``.
  public func start(policy: Policy, invocation: Invocation) throws -> String {
    try Self.start(policy: policy, invocation: invocation)
  }

  /// See ``ReportFormat/next(_:after:to:)``.
  public func next(_ snapshot: SnapshotReport, after report: Report, to write: (String) throws -> Void) throws {
    try Self.write(snapshot, policy: report.policy, to: write)
  }

  /// See ``ReportFormat/end(_:invocation:duration:to:)``.
  public func end(
    _ report: Report, invocation: Invocation, duration: Duration, to write: (String) throws -> Void
  ) throws {
    try write(Self.end(report, duration: duration))
  }
}
