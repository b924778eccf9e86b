import EncryptionConfig
import SnapshotVerification

/// The first line of the text about a configuration: the verdict, the file, and how what must be encrypted is written.
struct LintTextHeadline: TextHeadline {
  let report: LintReport

  var verdict: Verdict { report.verdict }

  var label: String { report.verdict.rawValue.uppercased() }

  var path: String { PrintableText(report.path).description }

  var statement: String {
    let text =
      if let coverage = report.coverage {
        [snapshotError, Self.statement(of: coverage) + complaints + excuse].compactMap(\.self).joined(separator: "; ")
      } else {
        refusal
      }
    return PrintableText(text).description
  }

  // MARK: What can't be understood or read

  private var refusal: String {
    guard let first = report.refusals.first else { return "it could not be understood" }
    if first.code == .unreadable { return first.reason }
    let others = report.refusals.count - 1
    return "no API server starts with it: \(first)" + (others > 0 ? ", and \(others.counted("more error"))" : "")
  }

  private var snapshotError: String? {
    guard let survey = report.survey, !survey.isComplete else { return nil }
    let message = survey.errors.mostImportant?.message ?? "it could not be read whole"
    return "snapshot \(survey.path): \(message)"
  }

  // MARK: What was found

  private static func statement(of coverage: ResourceCoverage) -> String {
    let plain = coverage.exempt + coverage.uncovered
    guard !plain.isEmpty else {
      let writers = coverage.writers.map { "\($0.provider.rawValue) \(QuotableText($0.name).bare)" }
      return "\(amount(coverage.encrypted, of: coverage.count)) encrypted by "
        + (writers.count > listedWriters ? "\(writers.count) keys" : writers.listed)
    }
    let reason =
      switch (coverage.exempt.isEmpty, coverage.uncovered.isEmpty) {
      case (false, true): "identity comes first"
      case (true, false): "no entry is for them"
      default: "identity comes first, or no entry is for them"
      }
    return "\(amount(plain, of: coverage.count)) written in the clear: \(reason)"
  }

  private static let listedWriters = 3

  /// `secrets are`, `2 of 5 resources are`, `all 5 resources are`.
  private static func amount(_ names: [String], of count: Int) -> String {
    if count == 1 { return "\(names[0]) are" }
    return (names.count == count ? "all \(count)" : "\(names.count) of \(count)") + " resources are"
  }

  /// Where all that must be encrypted is, what the file fails for.
  private var complaints: String {
    guard report.verdict == .fail, report.coverage?.isComplete == true else { return "" }
    var rules: [String] = []
    for finding in report.failures where !rules.contains(finding.rule.rawValue) { rules.append(finding.rule.rawValue) }
    return ", but \(rules.listed)"
  }

  /// Why a file passes that does not look like it, or what else there is to read.
  private var excuse: String {
    guard report.verdict == .pass, !report.findings.isEmpty else { return "" }
    guard report.coverage?.isComplete == true else { return " (tolerated by --fail-on \(report.policy.failOnOption))" }
    return " (\(report.findings.count.counted("finding")) below --fail-on \(report.policy.failOnOption))"
  }
}

extension LintPolicy {
  /// The value that `--fail-on` takes for this policy.
  var failOnOption: String { failOn?.rawValue ?? "never" }
}
