import BoltFormat
import SnapshotVerification

extension SnapshotReport {
  /// The rules something was found for, most severe first.
  var foundRules: [Rule] {
    let rules = Rule.allCases.filter { findingCounts[$0, default: 0] > 0 }
    return Severity.allCases.reversed().flatMap { severity in rules.filter { $0.severity == severity } }
  }

  /// The error that explains the others: a file that was cut, then one that was altered, then damage in one place.
  var mostImportantError: VerificationError? {
    errors.first { $0.code == BoltError.Code.truncated.rawValue }
      ?? errors.first { $0.code == Rule.hashMismatch.rawValue }
      ?? errors.first { $0.page != nil || $0.offset != nil }
      ?? errors.first
  }

  /// Whether the SHA-256 at the file's end is wrong.
  var isAltered: Bool {
    if case .mismatch = file.hash { true } else { false }
  }
}
