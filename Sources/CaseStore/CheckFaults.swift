import VerificationModel

/// What was found to be wrong with a case: as much as a person reads, and how much more there is.
struct CheckFaults {
  private(set) var listed: [CaseCheck.Fault] = []
  private(set) var omitted = 0

  /// Faults that are told.
  private static let limit = 100

  mutating func add(_ code: String, _ message: String, _ place: CaseCheck.Fault.Place) {
    guard listed.count < Self.limit else { return omitted += 1 }
    listed.append(CaseCheck.Fault(code: code, message: message, place: place))
  }
}
