import VerificationModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The report as in-toto statements, unsigned, one on each line.
///
/// Each snapshot whose SHA-256 is known has a statement with the test-result predicate; one that passes has a second one, a
/// simple verification result, with the properties that hold. A snapshot that could not be read as far as its SHA-256 has
/// none: there is nothing to name it by.
public struct AttestationReport: ReportFormat {
  /// The format.
  public init() {}

  /// See ``ReportFormat/start(policy:invocation:)``.
  public func start(policy: Policy, invocation: Invocation) -> String { "" }

  /// See ``ReportFormat/next(_:after:to:)``.
  public func next(_ snapshot: SnapshotReport, after report: Report, to write: (String) throws -> Void) {}

  /// See ``ReportFormat/end(_:invocation:duration:to:)``.
  public func end(
    _ report: Report, invocation: Invocation, duration: Duration, to write: (String) throws -> Void
  ) throws {
    var json = JSONBuffer(.singleLine)
    let created = invocation.startedAt.addingTimeInterval(duration.seconds).formatted(.iso8601)
    for snapshot in report.snapshots {
      let known = snapshot.file.digest?.description ?? snapshot.file.hash.flatMap { HashRecord($0).computed }
      guard let digest = known else { continue }
      let statement = AttestationStatement(snapshot, digest: digest, of: report, invocation)
      statement.writeTestResult(to: &json)
      statement.writeVerificationResult(created: created, to: &json)
    }
    try json.drain(write)
  }
}
