import VerificationModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension CalendarDay {
  /// The day of the clock, in UTC.
  static func ofThisCall() -> CalendarDay {
    CalendarDay(seconds: Int64(Date().timeIntervalSince1970.rounded(.down)))
  }
}
