import RuleCatalog
import VerificationModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The report as a SARIF 2.1.0 log, for code scanning on GitHub and its kin.
///
/// All snapshots make one run: the same finding in two backups of a cluster is one alert. The worst findings come first, and
/// what is more than GitHub takes is left out and stated.
public struct SARIFReport: ReportFormat {
  /// The most results in a run: GitHub refuses a file with more, and shows the first 5000 of them.
  static let mostResults = 25_000

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
    var run = SARIFRun(report, invocation, duration)
    var json = JSONBuffer(.singleLine)
    try json.object { json in
      json.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
      json.member("version", "2.1.0")
      try json.array("runs") { json in try json.object { try run.write(to: &$0, handing: write) } }
    }
    json.endLine()
    try json.drain(write)
  }
}
