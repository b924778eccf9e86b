/// How much a finding matters. Ordered: `info` is the least.
public enum Severity: String, CaseIterable, Hashable, Sendable, Comparable {
  /// Worth knowing.
  case info
  case low
  case medium
  case high
  case critical

  private var rank: Int {
    switch self {
    case .info: 0
    case .low: 1
    case .medium: 2
    case .high: 3
    case .critical: 4
    }
  }

  /// Whether `lhs` matters less than `rhs`.
  public static func < (lhs: Severity, rhs: Severity) -> Bool { lhs.rank < rhs.rank }
}
