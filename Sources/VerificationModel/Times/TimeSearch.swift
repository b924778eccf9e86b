/// Looks for times in a name of no known form, as scripts put them there.
///
/// Read are dates with dashes, with a time of day or without; dates of eight digits, with a time of day only, for eight
/// digits alone may be any number; and ten digits that are seconds since 1970. A date that does not exist is none.
struct TimeSearch {
  /// What may be a time, in the order of the name.
  private(set) var readings: [(form: SnapshotTime.Form, reading: TimeReading)] = []

  /// Searches `name`. O(length).
  init(in name: [UInt8]) {
    var start = 0
    while start < name.count {
      var reader = TimeReader(name, from: start)
      let digits = reader.digits
      guard digits > 0 else {
        start += 1
        continue
      }
      if let reading = Self.date(&reader, in: name) {
        readings.append((.date, reading))
        start = reader.position
      } else {
        if digits == 10, Self.standsAlone(start..<(start + digits), in: name), let reading = reader.unixSeconds() {
          readings.append((.unixSeconds, reading))
        }
        start += digits
      }
    }
  }

  /// The time that the name tells; nil where it tells none, or may tell of different ones.
  var answer: (form: SnapshotTime.Form, reading: TimeReading)? {
    guard var best = readings.first else { return nil }
    for (number, found) in readings.enumerated() {
      guard readings[..<number].allSatisfy({ $0.reading.agrees(with: found.reading) }) else { return nil }
      if found.reading.isBetter(than: best.reading) { best = found }
    }
    return best
  }

  /// The date, and what follows of a time, at which `reader` stands, behind no digit.
  private static func date(_ reader: inout TimeReader, in name: [UInt8]) -> TimeReading? {
    let start = reader.position
    switch reader.digits {
    case 4:
      if let day = reader.date("-"), reader.digits == 0 {
        return clock(of: day, &reader) ?? TimeReading(day, .day, zone: nil)
      }
    case 8:
      if hasWordBefore(start, in: name), let day = reader.date(""), let reading = clock(of: day, &reader) {
        return reading
      }
    case 12, 14:
      if hasWordBefore(start, in: name), let day = reader.date(""), let (time, precision) = reader.clock("", of: day) {
        let zone = zone(&reader)
        if zone != nil || !isInWord(reader) { return TimeReading(time, precision, zone: zone) }
      }
    default: break
    }
    reader = TimeReader(name, from: start)
    return nil
  }

  /// The time of day behind a date, and the zone behind that.
  private static func clock(of day: CalendarTime, _ reader: inout TimeReader) -> TimeReading? {
    let start = reader
    if reader.skip(anyOf: ["T", "_", "-", " ", "@"]), !reader.isAtDate {
      for separator in [":", "-", ".", "_", ""] {
        guard let (time, precision) = reader.clock(separator, of: day) else { continue }
        if separator == ":", precision == .second { reader.skipFraction() }
        let zone = zone(&reader)
        guard zone != nil || !isInWord(reader) else { break }
        return TimeReading(time, precision, zone: zone)
      }
    }
    reader = start
    return nil
  }

  /// `Z`, `UTC` or `GMT`, or an offset that can't be something else.
  private static func zone(_ reader: inout TimeReader) -> Int64? {
    if let zone = reader.zone(acceptsDigits: false) { return zone }
    let start = reader
    _ = reader.skip(anyOf: ["-", "_", " "])
    if reader.skip(anyOf: ["UTC", "GMT"]), !isInWord(reader) { return 0 }
    reader = start
    return nil
  }

  /// Whether what comes next belongs to what was read before, so that this is no number by itself.
  private static func isInWord(_ reader: TimeReader) -> Bool {
    guard let next = reader.peek() else { return false }
    return TimeReader.isDigit(next) || TimeReader.isLetter(next)
  }

  /// Whether nothing but letters stands right before `start`: digits and letters mixed are a digest or an identifier.
  private static func hasWordBefore(_ start: Int, in name: [UInt8]) -> Bool {
    var place = start
    while place > 0, TimeReader.isLetter(name[place - 1]) { place -= 1 }
    return place == 0 || !TimeReader.isDigit(name[place - 1])
  }

  /// Whether neither a letter nor a digit stands right before or behind `range`.
  private static func standsAlone(_ range: Range<Int>, in name: [UInt8]) -> Bool {
    [range.lowerBound - 1, range.upperBound].allSatisfy { place in
      !name.indices.contains(place) || !TimeReader.isLetter(name[place]) && !TimeReader.isDigit(name[place])
    }
  }
}
