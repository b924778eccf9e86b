/// A day of the Gregorian calendar, in UTC: what a policy counts in.
public struct CalendarDay: Hashable, Sendable, Comparable {
  /// Days from the first of January 1970, before which it is negative.
  public let number: Int

  /// The day so many days after the first of January 1970.
  public init(number: Int) { self.number = number }

  /// The day in UTC of the moment so many seconds after the start of 1970.
  public init(seconds: Int64) {
    let days = seconds / Self.seconds
    number = Int(seconds % Self.seconds < 0 ? days - 1 : days)
  }

  /// The day that `text` names, as in `2026-11-30`; nil when it is no day, or written otherwise.
  public init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2], parts.joined().utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
      let start = CalendarTime(year: year, month: month, day: day)
    else { return nil }
    self.init(seconds: start.seconds)
  }

  /// Seconds of a day.
  public static let seconds: Int64 = 86_400

  /// Seconds from the start of 1970 to the beginning of the day.
  public var start: Int64 { Int64(number) * Self.seconds }

  /// The day so many days later.
  public func advanced(by days: Int) -> CalendarDay { CalendarDay(number: number + days) }

  /// Whether `left` is the earlier day.
  public static func < (left: CalendarDay, right: CalendarDay) -> Bool { left.number < right.number }
}

extension CalendarDay: CustomStringConvertible {
  /// As RFC 3339 has it: `2026-11-30`.
  public var description: String { String(CalendarTime(seconds: start).description.prefix(10)) }
}
