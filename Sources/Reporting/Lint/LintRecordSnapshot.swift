import EncryptionConfig
import KubernetesStorage
import VerificationModel

/// The member `snapshot`: what the file was held against.
struct LintRecordSnapshot: Encodable {
  let path: PrintableText
  let complete: Bool
  /// Values in the clear, of resources that the configuration encrypts.
  let plaintext: Plaintext
  let errors: [ErrorRecord]

  /// Counts by layer.
  struct Plaintext: Encodable {
    let live: Int
    let history: Int
    /// Objects, each once.
    let residue: Int

    init(_ facts: SnapshotFacts, _ configuration: EncryptionConfiguration?) {
      func isCovered(_ resource: GroupResource) -> Bool {
        configuration?.resolution(of: resource).isEncrypting ?? false
      }
      let values = facts.resources.filter { isCovered($0.key) }.values
      self.live = values.reduce(0) { $0 + $1.plaintext.live }
      self.history = values.reduce(0) { $0 + $1.plaintext.history }
      self.residue = facts.residue.filter { isCovered($0.key) }.values.reduce(0, +)
    }
  }

  init(_ survey: SnapshotSurvey, _ configuration: EncryptionConfiguration?) {
    self.path = PrintableText(survey.path)
    self.complete = survey.isComplete
    self.plaintext = Plaintext(survey.facts, configuration)
    self.errors = ErrorRecord.list(of: survey.errors, omitted: survey.errorsOmitted)
  }
}
