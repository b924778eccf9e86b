import SnapshotVerification
import Synchronization
import TestSupport

/// The reports about the real snapshots under the default policy, each made once for all tests.
enum FixtureReport {
  private static let known = Mutex<[String: Once]>([:])

  /// The report about `fixture`.
  static func of(_ fixture: SnapshotFixture) throws -> SnapshotReport {
    let once = known.withLock { known in
      let once = known[fixture.description] ?? Once()
      known[fixture.description] = once
      return once
    }
    return try once.report(of: fixture)
  }

  private final class Once: Sendable {
    private let known = Mutex<SnapshotReport?>(nil)

    func report(of fixture: SnapshotFixture) throws -> SnapshotReport {
      try known.withLock { known in
        let report = try known ?? Verifier(policy: Policy.rows()).verify(path: fixture.path())
        known = report
        return report
      }
    }
  }
}
