import EncryptionConfig
import KubernetesStorage
import VerificationModel

/// The first line of the text about a configuration: the verdict, the file, and how what must be encrypted is written.
struct LintTextHeadline: TextHeadline {
  let report: LintReport

  var verdict: Verdict { report.verdict }

  var label: String { report.verdict.rawValue.uppercased() }

  var path: String { PrintableText(report.path).description }

  var statement: String {
    let text =
      if let coverage = report.coverage {
        [snapshotError, Self.statement(of: coverage) + complaints + excuse, wrapping, remains].compactMap(\.self)
          .joined(separator: "; ")
      } else {
        [snapshotError, refusal].compactMap(\.self).joined(separator: "; ")
      }
    return PrintableText(text).description
  }

  // MARK: What can't be understood or read

  private var refusal: String {
    guard let first = report.refusals.first else { return "it could not be understood" }
    if first.code == .unreadable { return first.reason }
    let others = report.refusals.count - 1
    let subject = report.wrapping.map { "no API server starts with the configuration in \($0.noun)" }
    return "\(subject ?? "no API server starts with it"): \(first)"
      + (others > 0 ? ", and \(others.counted("more error"))" : "")
  }

  /// What the configuration lies in.
  private var wrapping: String? {
    report.wrapping.map { "the configuration is in \($0.noun): an API server can't read the file itself" }
  }

  /// What can still be read in the snapshot, whatever the configuration says.
  private var remains: String? {
    guard let facts = report.survey?.facts, let configuration = report.configuration else { return nil }
    func isCovered(_ resource: GroupResource) -> Bool { configuration.resolution(of: resource).isEncrypting }
    let older = facts.resources.filter { isCovered($0.key) }.values.reduce(0) { $0 + $1.plaintext.history }
    let residue = facts.residue.filter { isCovered($0.key) }
    let noun = Set(residue.keys) == [.secrets] ? "deleted or old Secret" : "deleted or old object"
    let parts = [
      older > 0 ? older.counted("older value") : nil,
      residue.isEmpty ? nil : residue.values.reduce(0, +).counted(noun) + " in free pages",
    ].compactMap(\.self)
    return parts.isEmpty ? nil : "\(parts.joined(separator: " and ")) of the snapshot can still be read"
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
      let writers = coverage.writers.map { "\($0.provider.rawValue) \(KeyLabel($0.name).inConfiguration)" }
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
    var phrases: [String] = []
    for finding in report.failures where !phrases.contains(finding.rule.complaint) {
      phrases.append(finding.rule.complaint)
    }
    return ", but \(phrases.listed)"
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

extension LintRule {
  /// What a file is or has that fails for the rule, behind `but`.
  fileprivate var complaint: String {
    switch self {
    case .identityFirst: "other resources are written in the clear"
    case .notCovered: "other resources are not covered"
    case .plaintextRemains: "the snapshot still holds plaintext"
    case .publishedKey: "with a key published in the Kubernetes documentation"
    case .plaintextUnreadable: "the snapshot holds plaintext that can't be read with it"
    case .reusedSecret: "two keys are the same"
    case .reusedKeyName: "two keys have one name"
    case .predictableKey: "with a key that is not random"
    case .unknownResource: "a resource in the file does not exist"
    case .ineffectiveEntry: "this Kubernetes release ignores part of the file"
    case .ignoredDocument: "an API server ignores the other documents of the file"
    case .readableByOthers: "others can read the keys"
    case .notFIPS: "not by a cipher that FIPS 140 approves"
    case .plaintextKept: "old plaintext can be read in the snapshot"
    case .identityUnneeded: "identity is no longer needed"
    case .weakCipher: "by a weak cipher"
    case .unrotatedKey: "with a key that is not changed"
    case .kmsV1: "by KMS v1"
    case .localKey: "with a key stored in the file"
    case .repeatedResource: "several entries name one resource"
    case .exemptedResource: "a sensitive resource is excluded"
    case .missingKey: "values in the snapshot need a key that the file lacks"
    case .notRunning: "the newest values were not written with it"
    case .wrapped: "the file itself is no configuration"
    case .ambiguousKeyName, .shortKey, .unusedKey, .exposedSocket, .secretsOnly, .legacyHeader, .serversDiffer:
      details.title
    }
  }
}
