import Redaction
import VerificationModel

extension Report {
  /// Replaces the names in what is not part of a snapshot's report.
  mutating func redactRest(_ redactor: Redactor) {
    passedOver = passedOver.map(redactor.redacted)
    unusedWaivers = unusedWaivers.map(redactor.redacted)
  }
}
