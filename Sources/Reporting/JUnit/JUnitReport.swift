import VerificationModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The report as JUnit XML, in the dialect that Jenkins, GitLab and GitHub's actions have in common.
///
/// A suite for each snapshot; in it a case for the file, and one for each resource and layer. GitLab shows neither the
/// names of suites nor the message of a failure: so the name of a case has the snapshot, and the text of a failure says
/// all.
public struct JUnitReport: ReportFormat {
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
    let suites = report.snapshots.map { JUnitSuite($0, of: report, startedAt: invocation.startedAt) }
    let totals = suites.reduce(into: JUnitTotals()) { $0.add($1.totals) }
    try write(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="atrest" tests="\(totals.tests)" failures="\(totals.failures)" errors="\(totals.errors)" \
      time="\(duration.seconds.decimal(places: 3))">

      """)
    for suite in suites { try suite.write(to: write) }
    try write("</testsuites>\n")
  }
}

/// How many cases there are, and what came of them.
struct JUnitTotals {
  var tests = 0
  var failures = 0
  var errors = 0
  var skipped = 0

  /// Adds those of a suite.
  mutating func add(_ other: JUnitTotals) {
    tests += other.tests
    failures += other.failures
    errors += other.errors
    skipped += other.skipped
  }
}
