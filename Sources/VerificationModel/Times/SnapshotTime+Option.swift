extension SnapshotTime {
  /// The time that `text`, the value of an option, says: RFC 3339, a date, a date and a time of day, or seconds since 1970.
  ///
  /// Throws what to write instead.
  public init(option text: String) throws(SnapshotTimeError) {
    let bytes = Array(text.utf8)
    var reader = TimeReader(bytes)
    if reader.digits == bytes.count, !bytes.isEmpty {
      guard (9...11).contains(bytes.count) else { throw SnapshotTimeError(.notATime, text) }
      guard let reading = reader.unixSeconds() else { throw SnapshotTimeError(.outOfRange, text) }
      self.init(reading, .option)
      return
    }
    guard Self.hasForm(bytes) else { throw SnapshotTimeError(.notATime, text) }
    guard let day = reader.date("-") else { throw SnapshotTimeError(.impossible, text) }
    var (time, precision) = (day, Precision.day)
    var zone: Int64?
    if !reader.isAtEnd {
      guard reader.skip("T") || reader.skip(" "), let found = reader.clock(":", of: day) else {
        throw SnapshotTimeError(.impossible, text)
      }
      (time, precision) = found
      if precision == .second { reader.skipFraction() }
      let hasMore = !reader.isAtEnd
      _ = reader.skip(" ")
      if reader.skip("UTC") {
        zone = 0
      } else if hasMore {
        zone = reader.zone(acceptsDigits: true)
        if zone == nil { throw SnapshotTimeError(.notATime, text) }
      }
      guard reader.isAtEnd else { throw SnapshotTimeError(.notATime, text) }
    }
    guard let reading = TimeReading(time, precision, zone: zone) else { throw SnapshotTimeError(.outOfRange, text) }
    self.init(reading, .option)
  }

  /// Whether the text looks like a date, perhaps with a time of day, whatever its numbers are.
  private static func hasForm(_ text: [UInt8]) -> Bool {
    var reader = TimeReader(text)
    guard reader.skipDigits(4...4), reader.skip("-"), reader.skipDigits(2...2), reader.skip("-"),
      reader.skipDigits(2...2)
    else { return false }
    if reader.isAtEnd { return true }
    return (reader.skip("T") || reader.skip(" ")) && reader.skipDigits(2...2) && reader.skip(":")
      && reader.skipDigits(2...2)
  }
}
