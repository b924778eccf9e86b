import VerificationModel

/// The first line of a text about a case: the answer. Whoever reads nothing else has it.
struct CaseHeadline: TextHeadline {
  let verdict: Verdict
  let label: String
  let path: String
  let statement: String

  /// - Parameters:
  ///   - path: of the case, as it was given.
  ///   - statement: printable.
  init(_ verdict: Verdict, _ label: String, _ path: String, _ statement: String) {
    self.verdict = verdict
    self.label = label
    self.path = PrintableText(path).description.boundedName
    self.statement = statement
  }
}
