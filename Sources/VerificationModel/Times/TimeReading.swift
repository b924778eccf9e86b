/// A time as a text tells it.
struct TimeReading: Hashable {
  let seconds: Int64
  let precision: SnapshotTime.Precision
  let isZoneKnown: Bool

  /// The time after `date` of so many seconds; `zone` is how many seconds it is ahead of UTC, nil where that is not known.
  init?(_ time: CalendarTime, _ precision: SnapshotTime.Precision, zone: Int64?) {
    guard CalendarTime.years.contains(time.year) else { return nil }
    seconds = time.seconds - (zone ?? 0)
    self.precision = precision
    isZoneKnown = zone != nil
  }

  /// So many seconds after the start of 1970; nil where no snapshot can have been taken.
  init?(unixSeconds seconds: Int64) {
    guard SnapshotTime.plausibleSeconds.contains(seconds) else { return nil }
    self.seconds = seconds
    precision = .second
    isZoneKnown = true
  }

  /// Whether both may tell of one moment.
  func agrees(with other: TimeReading) -> Bool { range.overlaps(other.range) }

  /// The seconds that may be meant: the clocks of the world are up to 14 hours ahead of UTC, and less behind.
  private var range: Range<Int64> {
    let doubt: Int64 = isZoneKnown ? 0 : 14 * 3600
    return (seconds - doubt)..<(seconds + precision.rawValue + doubt)
  }

  /// Whether it tells more than `other`.
  func isBetter(than other: TimeReading) -> Bool {
    precision != other.precision ? precision.rawValue < other.precision.rawValue : isZoneKnown && !other.isZoneKnown
  }
}
