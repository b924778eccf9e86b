import EncryptionConfig
import KubernetesStorage
import RuleCatalog
import VerificationModel

extension LintReport {
  /// Reads the file at `path`, and then, with no more of its text in memory than its keys, `snapshot`.
  ///
  /// Never throws: a file that can't be understood is a report too. Where the policy does not name the API servers'
  /// release, those of the API servers that the snapshot tells of count: the file is refused when one of them refuses it,
  /// and means what it means to the oldest. Where it tells of none, the newest release counts.
  ///
  /// - Parameters:
  ///   - path: the configuration, a file or `-`.
  ///   - policy: what the file must do, and for which API servers.
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
    self.init(path: path, policy: policy, refusals: refusal.errors, wrapping: refusal.wrapping, survey: survey)
  }

  private init(on path: String, _ file: ConfigurationFile, _ policy: LintPolicy, _ survey: SnapshotSurvey?) {
    let version = policy.server.kubernetesVersion ?? survey?.facts.servers.compactMap(\.version).min()
    let configuration = version.map { file.configuration.understood(by: $0) } ?? file.configuration
    let options = LintOptions(
      required: policy.required, requiresFIPS: policy.requiresFIPS,
      isReadableByOthers: file.isReadableByOthers && !policy.ignoresFileMode)
    // What could not be read whole shows what is there, but nothing by what is not.
    let facts = survey.flatMap { $0.isComplete ? $0.facts : nil }
    self.init(
      path: path, policy: policy, byteCount: file.byteCount, configuration: configuration,
      wrapping: file.configuration.wrapping, survey: survey, findings: configuration.lint(options, against: facts))
  }
}
