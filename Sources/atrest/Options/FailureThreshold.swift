import ArgumentParser
import VerificationModel

/// The value of `--fail-on`.
enum FailureThreshold: String, ExpressibleByArgument, CaseIterable {
  case critical
  case high
  case medium
  case low
  case never

  /// The least severity that fails a snapshot; nil when none does.
  var severity: Severity? { Severity(rawValue: rawValue) }
}
