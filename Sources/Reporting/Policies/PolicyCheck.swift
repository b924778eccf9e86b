import PolicyFile
import VerificationModel

/// What came of reading a policy file: what `atrest policy check` answers about.
public struct PolicyCheck: Sendable {
  /// The path as the caller gave it.
  public let path: String
  /// What it says, or why it can't be understood.
  public let outcome: Result<PolicyDocument, InvalidPolicy>
  /// The day of the call.
  public let today: CalendarDay

  /// Reads the file at `path`, or standard input, as it stands on `today`.
  public init(path: String, today: CalendarDay) {
    self.path = path
    self.today = today
    outcome = Result { () throws(InvalidPolicy) in try PolicyDocument(path: path, today: today) }
  }

  /// Whether it was understood: 0, or 2.
  public var exitStatus: Int32 {
    if case .success = outcome { 0 } else { 2 }
  }
}
