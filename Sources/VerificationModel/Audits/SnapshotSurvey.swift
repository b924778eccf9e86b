import EncryptionConfig

/// What a snapshot shows that matters to an EncryptionConfiguration, and why something in it could not be read.
///
/// ```swift
/// let survey = SnapshotSurvey(of: "backup.db", for: configuration)
/// let findings = configuration.lint(against: survey.facts)
/// ```
public struct SnapshotSurvey: Sendable {
  /// The path as the caller gave it.
  public let path: String
  /// What it shows. Where there are errors, anything may be missing.
  public let facts: SnapshotFacts
  /// Why something could not be read.
  public let errors: [VerificationError]
  /// Errors beyond those listed in ``errors``.
  public let errorsOmitted: Int

  /// Whether all of it was read, and the SHA-256 at its end does not contradict.
  public var isComplete: Bool { errors.isEmpty && errorsOmitted == 0 }

  /// A survey of the given facts and errors.
  package init(path: String, facts: SnapshotFacts, errors: [VerificationError], errorsOmitted: Int = 0) {
    self.path = path
    self.facts = facts
    self.errors = errors
    self.errorsOmitted = errorsOmitted
  }
}
