import PolicyFile
import VerificationModel

extension CalendarDay {
  /// The day on which tests read policies.
  static let ofTests = CalendarDay(seconds: 1_796_040_000)
}

extension PolicyDocument {
  /// Reads `text` as it stands on the day of the tests.
  init(_ text: String, today: CalendarDay = .ofTests) throws(InvalidPolicy) {
    try self.init(text: Array(text.utf8), path: "policy.yaml", today: today)
  }

  /// A policy with one waiver of live plaintext, of these members beside.
  init(waiving members: String, today: CalendarDay = .ofTests) throws(InvalidPolicy) {
    try self.init(
      """
      waivers:
        - rule: plaintext-live
          reason: known
          acceptedBy: J. Doe
          expires: 2027-03-31
          \(members)
      """, today: today)
  }
}
