import BoltFormat
import SnapshotReading

/// Tallies of values by resource and kind.
struct StandingTallies {
  private struct Case: Hashable {
    let place: Candidate.Place
    let kind: KindTable.ID
  }

  private var positions: [Case: Int] = [:]
  private var tallies: [(place: Candidate.Place, tally: StandingTally)] = []
  /// The values of one case mostly come one after the other.
  private var last: (case: Case, position: Int)?

  /// Counts one more value, in the tally that `start` begins with where it is the first of its kind; answers how it stands
  /// to the configuration. O(1) expected.
  mutating func add(_ candidate: Candidate, start: () -> StandingTally) -> StandingTally {
    let key = Case(place: candidate.place, kind: candidate.kind)
    let position: Int
    if let last, last.case == key {
      position = last.position
    } else {
      position = positions[key] ?? tallies.count
      if position == tallies.count {
        positions[key] = position
        tallies.append((candidate.place, start()))
      }
      last = (key, position)
    }
    tallies[position].tally.add(candidate)
    return tallies[position].tally
  }

  /// Of the resource at `place`, the live values that are as the file would have them written today, and the newest ones.
  func total(of place: Candidate.Place) -> (written: Int, newest: NewestWrites) {
    var total = (written: 0, newest: NewestWrites())
    for (other, tally) in tallies where other == place {
      total.written += tally.written
      total.newest.add(tally.newest)
    }
    return total
  }
}
