import VerificationModel

/// That a waiver of the policy in force waives nothing: it has expired, or no finding needed it.
struct WaiverRemark {
  /// Why a waiver waives nothing. The raw value is a word for machines.
  enum State: String {
    case expired = "waiver-expired"
    case unused = "waiver-unused"
  }

  let state: State
  /// The waiver, or how many more there are; printable, and of bounded length.
  let text: String

  /// The most waivers of one state that are named.
  private static let limit = 100

  /// What `report` has to say of its policy's waivers, the expired first.
  static func all(of report: Report) -> [WaiverRemark] {
    remarks(.expired, report.expiredWaivers) { "expired on \($0.lastDay)" }
      + remarks(.unused, report.unusedWaivers) { "needed by no finding, holds until \($0.lastDay)" }
  }

  private static func remarks(
    _ state: State, _ waivers: [PolicyWaiver], _ term: (PolicyWaiver) -> String
  ) -> [WaiverRemark] {
    let named = waivers.prefix(limit).map { waiver in
      WaiverRemark(state: state, text: "waiver \(PolicyDescription.label(of: waiver).boundedName): \(term(waiver))")
    }
    let rest = waivers.count - named.count
    guard rest > 0 else { return named }
    let words = state == .expired ? "expired" : "needed by no finding"
    return named + [WaiverRemark(state: state, text: "\(rest.counted("more waiver")) \(words), not listed here")]
  }
}
