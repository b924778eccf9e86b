/// Reads dates and times of day from a text, from one place of it on.
///
/// Each method answers nil, or false, and stays where it is, when what it reads does not stand there.
struct TimeReader {
  private let text: ArraySlice<UInt8>
  /// Where it goes on.
  private(set) var position: Int

  /// A reader of `text` from `start` on.
  init(_ text: [UInt8], from start: Int = 0) {
    self.text = text[...]
    position = start
  }

  /// Whether nothing is left.
  var isAtEnd: Bool { position >= text.endIndex }

  /// The byte that comes `distance` behind the next one.
  func peek(_ distance: Int = 0) -> UInt8? {
    let place = position + distance
    return text.indices.contains(place) ? text[place] : nil
  }

  /// How many digits come next.
  var digits: Int {
    var count = 0
    while peek(count).map(Self.isDigit) == true { count += 1 }
    return count
  }

  static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) }

  /// Passes over `word`, in letters of either case.
  mutating func skip(_ word: String) -> Bool {
    for (index, byte) in word.utf8.enumerated() {
      guard let next = peek(index) else { return false }
      guard next == byte || Self.isLetter(byte) && next | 0x20 == byte | 0x20 else { return false }
    }
    position += word.utf8.count
    return true
  }

  /// Passes over the next byte.
  mutating func advance() { position += 1 }

  /// Passes over the first of `words` that comes next.
  mutating func skip(anyOf words: [String]) -> Bool { words.contains { skip($0) } }

  /// Passes over a run of so many digits.
  mutating func skipDigits(_ counts: ClosedRange<Int>) -> Bool {
    let count = digits
    guard counts.contains(count) else { return false }
    position += count
    return true
  }

  /// The number of exactly `count` digits, at most 18, whatever follows.
  private mutating func number(_ count: Int) -> Int? {
    guard digits >= count else { return nil }
    var value = 0
    for index in 0..<count { value = value * 10 + Int((peek(index) ?? 0) & 0x0F) }
    position += count
    return value
  }

  /// A run of nine to eleven digits: seconds since 1970.
  mutating func unixSeconds() -> TimeReading? {
    guard (9...11).contains(digits) else { return nil }
    let start = position
    guard let number = number(digits), let reading = TimeReading(unixSeconds: Int64(number)) else {
      position = start
      return nil
    }
    return reading
  }

  /// `2026-11-30`, or `20261130` where there is no separator.
  mutating func date(_ separator: String) -> CalendarTime? {
    let start = position
    if let year = number(4), skip(separator), let month = number(2), skip(separator), let day = number(2),
      let date = CalendarTime(year: year, month: month, day: day)
    {
      return date
    }
    position = start
    return nil
  }

  /// Whether a date with dashes comes next.
  var isAtDate: Bool {
    var reader = self
    return reader.date("-") != nil
  }

  /// Hours, minutes and, perhaps, seconds of `day`, with this separator between them or none.
  mutating func clock(
    _ separator: String, of day: CalendarTime, needsSeconds: Bool = false
  ) -> (time: CalendarTime, precision: SnapshotTime.Precision)? {
    let start = position
    if let hour = number(2), skip(separator), let minute = number(2) {
      let end = position
      var second: Int?
      if skip(separator), let number = number(2) { second = number } else { position = end }
      if digits == 0, second != nil || !needsSeconds,
        let time = CalendarTime(
          year: day.year, month: day.month, day: day.day, hour: hour, minute: minute, second: second ?? 0)
      {
        return (time, second == nil ? .minute : .second)
      }
    }
    position = start
    return nil
  }

  /// Passes over a fraction of a second.
  mutating func skipFraction() {
    let start = position
    guard skip("."), skipDigits(1...9) else {
      position = start
      return
    }
  }

  /// How many seconds a zone is ahead of UTC: `Z`, `+01:00`, `-0500` where `acceptsDigits`.
  mutating func zone(acceptsDigits: Bool) -> Int64? {
    let start = position
    if skip("Z") {
      // The first letter of a word is no zone.
      if peek().map({ Self.isLetter($0) || Self.isDigit($0) }) != true { return 0 }
      position = start
      return nil
    }
    let isAhead = skip("+")
    if isAhead || skip("-"), let hours = number(2) {
      let hasColon = skip(":")
      if hasColon || acceptsDigits || isAhead, let minutes = number(2), digits == 0, hours <= 14, minutes <= 59 {
        return Int64(hours * 3600 + minutes * 60) * (isAhead ? 1 : -1)
      }
    }
    position = start
    return nil
  }
}
