public import SnapshotInput

/// What one call of `verify` found: a report for each snapshot, and one verdict.
public struct Report: Sendable {
  /// The policy everything was held against.
  public let policy: Policy
  /// One for each input, in the order in which they were given.
  public var snapshots: [SnapshotReport]
  /// The files that were found and not verified.
  public var passedOver: [PassedOver] = []
  /// The waivers of the policy that hold, and that no finding needed.
  public var unusedWaivers: [PolicyWaiver] = []

  /// The waivers of the policy that no longer hold.
  public var expiredWaivers: [PolicyWaiver] { policy.file?.waivers.filter(\.isExpired) ?? [] }

  /// A report of the given snapshots.
  public init(policy: Policy, snapshots: [SnapshotReport]) {
    self.policy = policy
    self.snapshots = snapshots
  }

  /// The worst verdict of all snapshots; ``Verdict/error`` when there are none.
  public var verdict: Verdict { snapshots.map(\.verdict).max() ?? .error }
}
