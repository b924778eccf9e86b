import EncryptionConfig
import KubernetesStorage
import RuleCatalog

/// All that was found out about one EncryptionConfiguration.
///
/// ```swift
/// let report = LintReport(on: "encryption-config.yaml", policy: LintPolicy(), snapshot: "backup.db")
/// print(report.exitStatus)
/// ```
public struct LintReport: Sendable {
  /// The path as the caller gave it.
  public package(set) var path: String
  /// What it was held against.
  public let policy: LintPolicy
  /// The size of the file; 0 when it could not be understood.
  public let byteCount: Int
  /// What the file says; nil when it could not be understood.
  public let configuration: EncryptionConfiguration?
  /// Why no API server would start with it; none when it was understood.
  public let refusals: [ConfigurationError]
  /// What the configuration lies in; nil when the file is the configuration itself, or nothing that could be read.
  public let wrapping: ConfigurationWrapping?
  /// What the snapshot showed, if there was one.
  public let survey: SnapshotSurvey?
  /// What is wrong with it: the worst first, then by rule and line.
  public let findings: [LintFinding]

  /// A report with the given parts; its findings come of the audit.
  package init(
    path: String, policy: LintPolicy, byteCount: Int = 0, configuration: EncryptionConfiguration? = nil,
    refusals: [ConfigurationError] = [], wrapping: ConfigurationWrapping?, survey: SnapshotSurvey?,
    findings: [LintFinding] = []
  ) {
    self.path = path
    self.policy = policy
    self.byteCount = byteCount
    self.configuration = configuration
    self.refusals = refusals
    self.wrapping = wrapping
    self.survey = survey
    self.findings = findings
  }

  /// How what must be encrypted is written; nil when the file could not be understood.
  public var coverage: ResourceCoverage? { configuration?.coverage(of: policy.required) }

  /// The findings that fail the configuration.
  public var failures: [LintFinding] {
    policy.failOn.map { least in findings.filter { $0.severity >= least } } ?? []
  }

  /// The answer: an error when the file could not be understood, or the snapshot not be read whole.
  public var verdict: Verdict {
    guard configuration != nil, survey?.isComplete ?? true else { return .error }
    return failures.isEmpty ? .pass : .fail
  }

  /// 0 or 1 by the verdict; 2 when the file could not be understood, 3 when the snapshot could not be read whole.
  public var exitStatus: Int32 { configuration == nil && survey?.isComplete ?? true ? 2 : verdict.exitStatus }
}
