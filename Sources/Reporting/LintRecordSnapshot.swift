import EncryptionConfig
import SnapshotVerification

/// The member `snapshot`: what the file was held against.
struct LintRecordSnapshot: Encodable {
  let path: PrintableText
  let complete: Bool
  let errors: [ErrorRecord]

  init(_ survey: SnapshotSurvey) {
    self.path = PrintableText(survey.path)
    self.complete = survey.isComplete
    self.errors = ErrorRecord.list(of: survey.errors, omitted: survey.errorsOmitted)
  }
}
