import BoltFormat
import VerificationModel

extension [VerificationError] {
  /// The error that explains the others: a file that was cut, then one that was altered, then damage in one place.
  var mostImportant: VerificationError? {
    first { $0.code == BoltError.Code.truncated.rawValue }
      ?? first { $0.code == Rule.hashMismatch.rawValue }
      ?? first { $0.page != nil || $0.offset != nil }
      ?? first
  }
}
