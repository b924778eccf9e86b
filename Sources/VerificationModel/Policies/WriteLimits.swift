import KubernetesStorage

/// Since when live values must have been written, by their resource.
package struct WriteLimits: Sendable {
  /// How long ago a write may be.
  package struct Limit: Hashable, Sendable {
    /// The number of days.
    package let days: Int
    /// The first day that is not too long ago.
    package let day: CalendarDay

    /// The beginning of that day, in seconds since 1970.
    package var moment: Int64 { day.start }
  }

  private let policy: Policy
  private let today: CalendarDay

  /// What `policy` wants, of a call on `today`.
  package init(_ policy: Policy, _ today: CalendarDay) {
    self.policy = policy
    self.today = today
  }

  /// Whether nothing is limited.
  package var isEmpty: Bool { policy.demands.allSatisfy { $0.lastWriteDays == nil } }

  /// The moments, in seconds since 1970, each once.
  package var moments: [Int64] {
    Set(policy.demands.compactMap(\.lastWriteDays)).sorted().map { limit(of: $0).moment }
  }

  /// What counts for values of `resource`; nil where nothing does.
  package func limit(for resource: GroupResource?) -> Limit? {
    resource.flatMap { policy.demand(on: $0)?.lastWriteDays }.map(limit)
  }

  private func limit(of days: Int) -> Limit { Limit(days: days, day: today.advanced(by: -days)) }
}
