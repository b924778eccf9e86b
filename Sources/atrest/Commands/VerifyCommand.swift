import ArgumentParser
import Confinement
import KubernetesStorage
import PolicyFile
import Reporting
import SnapshotInput
import SnapshotVerification
import VerificationModel

/// `atrest verify`: is every value that must be encrypted at rest encrypted in this snapshot?
struct VerifyCommand: DocumentedCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check that every Secret (or chosen resource) is encrypted at rest.",
    usage: "atrest verify [<options>] <input> ...")

  static let manual = Manual(
    purpose: """
      Checks that every Secret (or chosen resource) in etcd snapshots is encrypted at
      rest, and lists what is not. It looks at three layers:

        live     the newest value of each key
        history  older and deleted values, until a compaction removes them
        residue  free pages and other unused bytes, which a hex editor shows
      """,
    examples: """
        atrest verify backup.db
        atrest verify --format json /var/backups/etcd > report.json
        atrest verify --fail-on medium --quiet backup.db || alert
        atrest verify --policy policy.yaml --redact backup.db
        atrest verify --resource secrets --resource widgets.example.com backup.db
        atrest verify --report sarif=etcd.sarif --report csv=etcd.csv backup.db
        ssh cp-1 cat /var/backups/etcd.db.gz | atrest verify -
      """,
    topics: """
      RESOURCES:
        As in an EncryptionConfiguration: secrets, configmaps, deployments.apps,
        widgets.example.com; *.apps for a group, *. for the core group, *.* for all.
        'openshift' stands for what OpenShift's own encryption covers.

      DATA KEYS AND SEEDS:
        --dek-seeds reads lines KEY = HEX. KEY is a key id of KMS v2, or an encrypted
        data key or seed as it is stored, in hex or base64; HEX is the decrypted data
        key or seed. Lines that begin with # are skipped.

      REPORTS:
        --report FORMAT=FILE, for instance --report sarif=backup.sarif. The file is
        there when the call ends, whole or not at all; what it replaces stays until
        then. Only its owner may read it, but for prometheus.

          json, ndjson  as --format prints them
          csv           a table of the findings, for spreadsheets
          sarif         SARIF 2.1.0, for code scanning
          junit         JUnit XML, for continuous integration
          prometheus    metrics, for the node exporter's textfile collector
          html          a page to read, to keep and to print
          intoto        in-toto statements, unsigned, one on each line

      EXIT STATUS:
        0  everything in scope was read, and nothing at or above --fail-on was found
        1  everything was read, and something was found; or nothing was in scope
        2  the call is wrong; or --report names what can't be written, and the verdict
           is on standard output all the same
        3  a snapshot could not be verified: unreadable, truncated, damaged, hash
           mismatch, not a snapshot; or the report could not be written
      """)

  @OptionGroup(title: "Inputs") var inputs: InputOptions
  @OptionGroup(title: "Inputs") var hash: HashOption
  @OptionGroup(title: "What must be encrypted") var scope: ScopeOptions
  @OptionGroup(title: "What must be encrypted") var demand: DemandOptions
  @OptionGroup(title: "Keys") var keyOptions: KeyOptions
  @OptionGroup(title: "Verdict") var policyOption: PolicyOption
  @OptionGroup(title: "Verdict") var verdict: VerdictOptions
  @OptionGroup(title: "Output") var display: DisplayOptions
  @OptionGroup(title: "Output") var clusterOption: ClusterOption
  @OptionGroup(title: "Output") var redaction: RedactionOptions
  @OptionGroup(title: "Output") var reportFiles: ReportOptions
  @OptionGroup(title: "Sandbox") var sandbox: SandboxOption

  func check() throws {
    try inputs.check()
    try reportFiles.check(hash)
    try keyOptions.check(scope)
    let readOnce = [policyOption.policy, redaction.redactKey].compactMap(\.self)
    let others = [scope.encryptionConfig, keyOptions.dekSeeds].compactMap(\.self) + inputs.input
    guard !readOnce.contains("-") || (readOnce + others).count(where: { $0 == "-" }) == 1 else {
      throw ValidationError("standard input is named twice, and can be read only once")
    }
    guard !(hash.noHash && verdict.requireHash) else {
      throw ValidationError("--no-hash and --require-hash exclude each other")
    }
  }

  func run() throws {
    let clock = ContinuousClock()
    let start = clock.now
    let files = try scope.keyFiles(keyOptions)
    let (list, begun) = try inputs.confined { list, grants in
      let written = ReportFiles(
        reportFiles.reports, arguments: inputs.input,
        inputs: list.entries.map(\.path) + keyOptions.paths(scope)
          + [policyOption.policy, redaction.redactKey].compactMap(\.self))
      // Those of the configuration and the keys are open.
      grants.read([policyOption.policy, redaction.redactKey])
      for directory in written.directories { grants.name(in: directory) }
      try sandbox.confine(grants)
      return written
    }
    var written = begun
    let document = try policyOption.document()
    let redactor = try redaction.redactor()
    let sources = try scope.sources(files, keyOptions, stated: document?.statedResources)
    let policy = policy(sources.configuration, document)
    let rating = document?.rating
    let shown = redactor?.redacted(policy) ?? policy
    if !shown.unexaminedDemands.isEmpty {
      let names = shown.unexaminedDemands.map(\.description).joined(separator: ", ")
      StandardOutput.sendError(
        WrongCall.line("what the policy demands of \(names) was not examined: the call names other resources"))
    }
    if redactor != nil, redaction.redactKey == nil, reportFiles.reports.contains(where: { $0.format == .sarif }) {
      StandardOutput.sendError(
        WrongCall.line(
          "SARIF gets other names in each call: for a code-scanning page that keeps its alerts, add --redact-key"))
    }
    let invocation = Invocation.ofThisProcess(isRedacted: redactor != nil)
    let text = TextReport(
      color: display.color.isOn, isQuiet: display.quiet, width: StandardOutput.columns,
      listsExposed: verdict.listExposed, invocation: invocation)
    try written.start(policy: shown, invocation: invocation)
    var output = try ReportOutput(
      display.format, text: text, policy: shown, invocation: invocation,
      expecting: scope.allowUnknownResource ? [] : scope.selection(stated: document?.scope).custom,
      redactor: redactor, files: written)
    var report = Report(policy: shown, snapshots: [])
    report.passedOver = list.passedOver
    var unrecognized = UnrecognizedFiles()
    let statistics = display.stats ? RunStatistics() : nil
    try display.showingProgress(of: list.entries) { progress, standAside in
      let verifier = Verifier(
        policy: policy, keys: sources.keys, rating: rating, limits: inputs.limits, progress: progress,
        statistics: statistics)
      try verifier.examine(list.entries, jobs: inputs.jobs ?? Verifier.defaultJobs) { entry, input in
        report.passedOver += input.passedOver
        for snapshot in input.snapshots {
          if inputs.ignoreUnrecognized, snapshot.isUnrecognized, entry.isFromDirectory || snapshot.file.member != nil {
            unrecognized.add(snapshot)
          } else {
            unrecognized.note(snapshot)
            try standAside { try statistics.measure(.reporting) { try output.add(snapshot, to: &report) } }
          }
        }
      }
    }
    let ignored = unrecognized.resolve()
    report.passedOver += ignored.passedOver
    for snapshot in ignored.failedBackups { try output.add(snapshot, to: &report) }
    // What lies beside snapshots does not stand for one.
    if report.snapshots.allSatisfy(\.isAboutCompanion) { try output.add(.noSnapshots(in: inputs.input), to: &report) }
    if let mistake = output.mistake(in: report) {
      StandardOutput.sendError(WrongCall.line(mistake))
      throw ExitStatus.usage
    }
    report.unusedWaivers = rating?.unusedWaivers ?? []
    if let redactor { report.redactRest(redactor) }
    if let note = ClusterNote(on: report, isForCodeScanning: reportFiles.reports.contains { $0.format == .sarif }) {
      StandardOutput.sendError(WrongCall.line(note.description))
    }
    try statistics.measure(.reporting) { try output.end(report, duration: start.duration(to: clock.now)) }
    if let statistics { StandardOutput.sendCost(of: statistics, wallTime: start.duration(to: clock.now)) }
    throw written.failureStatus ?? ExitStatus(code: report.verdict.exitStatus)
  }

  /// What is demanded: the defaults, in their place what `document` says, and in place of that what the call says.
  private func policy(_ configuration: ConfigurationCheck?, _ document: PolicyDocument?) -> Policy {
    let defaults = Policy(
      etcdPrefix: scope.prefix.etcdPrefix, allowEmpty: verdict.allowEmpty,
      hash: hash.noHash ? .skipped : verdict.requireHash ? .required : .verified,
      maximumFindings: verdict.maxFindings)
    var policy = document?.applied(to: defaults) ?? defaults
    policy.resources = configuration?.scope ?? scope.selection(stated: document?.scope).patterns
    if let threshold = verdict.failOn { policy.failOn = threshold.severity }
    if let layers = demand.layers { policy.layers = layers.layers }
    policy.configuration = configuration
    policy.decryption = keyOptions.decryption
    policy.requiredProvider = demand.requireProvider
    policy.cluster = clusterOption.cluster
    if demand.requireProvider != nil {
      // The option wins: the file demands no other provider any more.
      policy.demands = policy.demands.map { EncryptionDemand(resources: $0.resources, lastWrite: $0.lastWrite) }
        .filter { $0.lastWrite != nil }
    }
    policy.unexaminedDemands = policy.demandsOutOfScope
    return policy
  }
}
