import KubernetesStorage

/// Which revisions are older than a moment, as far as a store tells.
///
/// Revisions have no times. But an API server writes into each object when it was created, and who was created in a revision
/// is known: so each object in the clear that was never changed says when its revision was. A row between two such
/// revisions was written between their times.
package struct RevisionClock: Hashable, Sendable {
  /// The moment, in seconds since 1970.
  package let moment: Int64
  /// The greatest main revision that is known to be before the moment.
  package private(set) var lastBefore: Int64?
  /// The least main revision that is known not to be before the moment.
  package private(set) var firstSince: Int64?

  /// What is known of a revision.
  package enum Age: Hashable, Sendable {
    /// It was before the moment.
    case before
    /// It was not.
    case since
    /// Nothing in the store tells, or what tells contradicts itself.
    case unknown
  }

  /// A clock that knows of no revision.
  package init(moment: Int64) { self.moment = moment }

  /// Takes note that an object was created in the main revision `revision`, at so many seconds since 1970.
  package mutating func note(_ revision: Int64, at seconds: Int64) {
    if seconds < moment {
      lastBefore = max(lastBefore ?? revision, revision)
    } else {
      firstSince = min(firstSince ?? revision, revision)
    }
  }

  /// Takes over what `other`, a clock of the same moment, knows.
  mutating func join(_ other: RevisionClock) {
    if let revision = other.lastBefore { lastBefore = max(lastBefore ?? revision, revision) }
    if let revision = other.firstSince { firstSince = min(firstSince ?? revision, revision) }
  }

  /// What is known of `revision`.
  package func age(of revision: Int64) -> Age {
    let isBefore = lastBefore.map { revision <= $0 } ?? false
    let isSince = firstSince.map { revision >= $0 } ?? false
    return isBefore == isSince ? .unknown : isBefore ? .before : .since
  }
}

extension [RevisionClock] {
  /// Takes note of the row that was written in `revision` and is the first of its key, if its value tells when.
  mutating func note(_ value: RawSpan, _ revision: Int64) {
    guard let seconds = CreationTime.seconds(of: value) else { return }
    for index in indices { self[index].note(revision, at: seconds) }
  }

  /// Takes over what `other`, clocks of the same moments, know.
  mutating func join(_ other: [RevisionClock]) {
    for index in indices where other.indices.contains(index) { self[index].join(other[index]) }
  }
}
