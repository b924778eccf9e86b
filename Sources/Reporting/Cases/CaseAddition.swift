import VerificationModel

/// What came of one snapshot, or of one file, that was to be taken into a case.
package struct CaseAddition: Sendable {
  /// What came of it.
  package enum Outcome: Sendable {
    /// It was taken in.
    case added(CaseSnapshot)
    /// The case holds the same snapshot already.
    case known(CaseSnapshot)
    /// It was not taken in: a sentence says why.
    case failed(String)
  }

  /// Its path, as it was given; and its name in an archive.
  package let path: String
  package let member: String?
  package let outcome: Outcome

  /// A file by what came of it.
  package init(path: String, member: String?, _ outcome: Outcome) {
    self.path = path
    self.member = member
    self.outcome = outcome
  }

  /// Error where it could not be taken in, or not whole. Whether it passes or fails is no matter: it is in the case.
  var verdict: Verdict {
    switch outcome {
    case .added(let snapshot), .known(let snapshot): snapshot.isComplete ? .pass : .error
    case .failed: .error
    }
  }
}
