import SnapshotInspection
import Synchronization
import TestSupport
import VerificationModel

/// The inspections of the real snapshots, each made once for all tests.
enum FixtureInspection {
  private static let known = Mutex<[String: Once]>([:])

  /// The inspection of `fixture`.
  static func of(_ fixture: SnapshotFixture) throws -> Inspection {
    let once = known.withLock { known in
      let once = known[fixture.description] ?? Once()
      known[fixture.description] = once
      return once
    }
    return try once.inspection(of: fixture)
  }

  private final class Once: Sendable {
    private let known = Mutex<Inspection?>(nil)

    func inspection(of fixture: SnapshotFixture) throws -> Inspection {
      try known.withLock { known in
        let inspection = try known ?? Inspector().inspect(path: fixture.path())
        known = inspection
        return inspection
      }
    }
  }
}
