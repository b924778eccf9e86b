import SnapshotVerification
import Synchronization
import TestSupport
import VerificationModel

/// The reports about the real snapshots under the default policy, each made once for all tests.
enum FixtureReport {
  private static let known = Mutex<[String: Once]>([:])

  /// The report about the rows of `fixture`.
  static func of(_ fixture: SnapshotFixture) throws -> SnapshotReport {
    try report(of: fixture, "rows", Policy.rows())
  }

  /// The report about all layers of `fixture`, with all findings.
  static func withResidue(of fixture: SnapshotFixture) throws -> SnapshotReport {
    try report(of: fixture, "all layers", Policy(failOn: nil, maximumFindings: 100_000))
  }

  private static func report(
    of fixture: SnapshotFixture, _ name: String, _ policy: Policy
  ) throws -> SnapshotReport {
    let once = known.withLock { known in
      let once = known["\(name) \(fixture.description)"] ?? Once()
      known["\(name) \(fixture.description)"] = once
      return once
    }
    return try once.report(of: fixture, policy)
  }

  private final class Once: Sendable {
    private let known = Mutex<SnapshotReport?>(nil)

    func report(of fixture: SnapshotFixture, _ policy: Policy) throws -> SnapshotReport {
      try known.withLock { known in
        let report = try known ?? Verifier(policy: policy).verify(path: fixture.path())
        known = report
        return report
      }
    }
  }
}
