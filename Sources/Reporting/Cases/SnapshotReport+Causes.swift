import VerificationModel

extension SnapshotReport {
  /// The rules that decide on the verdict under `policy`, the gravest first: those that the first line of the report has
  /// words for.
  package func causes(_ policy: Policy) -> [Rule] {
    var rules: [Rule] = []
    for complaint in HeadlineOutcome(snapshot: self, policy: policy).complaints where !rules.contains(complaint.rule) {
      rules.append(complaint.rule)
    }
    return rules
  }

  /// Why it could not be verified: the error that explains the others, as a sentence; nil where there is none.
  package var reason: String? { errors.mostImportant?.message }
}
