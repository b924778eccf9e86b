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

  /// Reads the file at `path`, and then, with no more of its text in memory than its keys, `snapshot`.
  ///
  /// Never throws: a file that can't be understood is a report too. Where the policy does not name the API servers'
  /// release, those of the API servers that the snapshot tells of count: the file is refused when one of them refuses it,
  /// and means what it means to the oldest. Where it tells of none, the newest release counts.
  ///
  /// - Parameters:
  ///   - snapshot: a file or `-`; nil: the rules that need none.
  ///   - etcdPrefix: where in it the resources lie; nil: found from the keys.
  public init(on path: String, policy: LintPolicy, snapshot: String? = nil, etcdPrefix: EtcdPrefix? = nil) {
    var survey: SnapshotSurvey?
    do throws(InvalidConfiguration) {
      let file = try ConfigurationFile(path: path, forAnyRelease: policy.server)
      let version = policy.server.kubernetesVersion
      if version != nil || snapshot == nil { try file.configuration.checkRefusals(by: version) }
      survey = snapshot.map { SnapshotSurvey(of: $0, for: file.configuration, etcdPrefix: etcdPrefix) }
      if version == nil, let servers = survey?.facts.servers {
        try Self.checkRefusals(of: file.configuration, by: servers)
      }
      self.init(on: path, file, policy, survey)
    } catch {
      self.init(refusing: path, error, policy, survey)
    }
  }

  private static func checkRefusals(
    of configuration: EncryptionConfiguration, by servers: [SnapshotFacts.Server]
  ) throws(InvalidConfiguration) {
    guard servers.contains(where: { $0.version != nil }) else {
      return try configuration.checkRefusals(by: nil, enablesKMSv1: servers.contains(where: \.enablesKMSv1))
    }
    for server in servers where server.version != nil {
      try configuration.checkRefusals(by: server.version, enablesKMSv1: server.enablesKMSv1)
    }
  }

  private init(
    refusing path: String, _ refusal: InvalidConfiguration, _ policy: LintPolicy, _ survey: SnapshotSurvey?
  ) {
    self.path = path
    self.policy = policy
    self.survey = survey
    refusals = refusal.errors
    wrapping = refusal.wrapping
    byteCount = 0
    configuration = nil
    findings = []
  }

  private init(on path: String, _ file: ConfigurationFile, _ policy: LintPolicy, _ survey: SnapshotSurvey?) {
    self.path = path
    self.policy = policy
    self.survey = survey
    byteCount = file.byteCount
    refusals = []
    wrapping = file.configuration.wrapping
    let version = policy.server.kubernetesVersion ?? survey?.facts.servers.compactMap(\.version).min()
    let configuration = version.map { file.configuration.understood(by: $0) } ?? file.configuration
    let options = LintOptions(
      required: policy.required, requiresFIPS: policy.requiresFIPS,
      isReadableByOthers: file.isReadableByOthers && !policy.ignoresFileMode)
    // What could not be read whole shows what is there, but nothing by what is not.
    let facts = survey.flatMap { $0.isComplete ? $0.facts : nil }
    findings = configuration.lint(options, against: facts)
    self.configuration = configuration
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
