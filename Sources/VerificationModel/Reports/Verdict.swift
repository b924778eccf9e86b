/// The answer about one snapshot, or about all snapshots of a call.
public enum Verdict: String, Hashable, Sendable, Comparable {
  /// Everything in scope was read, and nothing at or above the policy's severity was found.
  case pass
  /// Everything was read, and something at or above the policy's severity was found.
  case fail
  /// The snapshot could not be verified: unreadable, truncated, damaged, or no snapshot.
  case error

  /// The exit status the contract gives it: 0, 1 or 3.
  public var exitStatus: Int32 {
    switch self {
    case .pass: 0
    case .fail: 1
    case .error: 3
    }
  }

  /// Whether `lhs` is the better answer.
  public static func < (lhs: Verdict, rhs: Verdict) -> Bool { lhs.exitStatus < rhs.exitStatus }
}
