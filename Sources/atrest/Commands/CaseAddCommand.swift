import ArgumentParser
import CaseStore
import Reporting
import SnapshotInput
import SnapshotVerification
import ValueAuthentication
import VerificationModel

/// `atrest case add`: take snapshots into a case.
struct CaseAddCommand: CaseSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Verify snapshots, and take them into a case.",
    usage: "atrest case add [<options>] <directory> <input> ...")

  static let manual = Manual(
    purpose: """
      Verifies snapshots as 'atrest verify' does, in all three layers, and takes them
      into a case. The same snapshot is taken in once, whatever its name. What can't
      be verified is noted with what could be read. Each snapshot is taken in whole or
      not at all: a call that was interrupted can be made again.

      Add all snapshots with the same options. With --authenticate, the case knows an
      object that was re-encrypted with the value that could be read.
      """,
    examples: """
        atrest case add incident /var/backups/etcd
        atrest case add incident --taken-at 2026-11-30T02:00:00Z backup.db
        atrest case add incident -c encryption-config.yaml --authenticate backup.db
      """,
    topics: """
      TIMES:
        When a snapshot was taken is told by --taken-at, else by a form of its name
        that is known (k3s, RKE2, OpenShift, Gardener, a date, …), else by when its
        file was last modified. Reports say which of them it was. The time at which a
        snapshot is taken in is never taken for it.

      EXIT STATUS:
        0  every snapshot is in the case, whether it passes or fails
        2  the call is wrong: there is no such case, or a snapshot of another cluster
           needs --cluster
        3  a snapshot could not be verified, or not whole; or the case could not be
           written
      """)

  @OptionGroup(title: "Case") var directory: CaseDirectory
  @OptionGroup(title: "Case") var clusterOption: ClusterOption
  @OptionGroup(title: "Case") var origin: CaseOriginOptions
  @OptionGroup(title: "Inputs") var inputs: InputOptions
  @OptionGroup(title: "What must be encrypted") var scope: ScopeOptions
  @OptionGroup(title: "Keys") var keyOptions: KeyOptions
  @OptionGroup(title: "Output") var display: DisplayOptions
  @OptionGroup(title: "Sandbox") var sandbox: SandboxOption

  func check() throws {
    try directory.check()
    try inputs.check()
    try keyOptions.check(scope)
    guard origin.takenAt == nil || inputs.input.count == 1 else {
      throw ValidationError("--taken-at tells of one snapshot: add the others by themselves")
    }
  }

  func run() throws { try directory.inChild(work) }

  private func work() throws {
    let files = try scope.keyFiles(keyOptions)
    let entries = try inputs.confined { _, grants in try directory.confine(sandbox, grants) }.list
    let output = CaseOutput(display.format, isQuiet: display.quiet, color: display.color.isOn)
    guard origin.takenAt == nil || entries.entries.count == 1 else {
      StandardOutput.sendError(
        WrongCall.line("--taken-at tells of one snapshot, and the directory holds several files"))
      throw ExitStatus.usage
    }
    let sources = try scope.sources(files, keyOptions)
    let taken = try take(entries, sources)
    let list = try directory.trying { path throws(CaseError) in
      var reader = try CaseReader(reading: path)
      return try reader.list()
    }
    let additions = taken.additions(in: list)
    try output.send(
      CaseReport(
        of: additions, passedOver: entries.passedOver + taken.passedOver, list, at: directory.directory ?? ""))
    if let statistics = taken.statistics { StandardOutput.sendCost(of: statistics, wallTime: output.elapsed) }
    throw taken.status(additions)
  }

  /// Verifies what `entries` name and takes it in; the case is closed then.
  private func take(_ entries: InputList, _ sources: KeySources) throws -> TakenEvidence {
    let policy = policy(sources)
    let statistics = display.stats ? RunStatistics() : nil
    let intake = try directory.trying { path throws(CaseError) in
      EvidenceIntake(
        try CaseWriter(writing: path, waiting: { CaseDirectory.tellOfWaiting(path) }),
        cluster: clusterOption.cluster, origin, policy)
    }
    var unrecognized = UnrecognizedFiles()
    try display.showingProgress(of: entries.entries) { progress, _ in
      let verifier = Verifier(
        policy: policy, keys: sources.keys, limits: inputs.limits, progress: progress, statistics: statistics)
      try verifier.examine(
        entries.entries, jobs: inputs.jobs ?? Verifier.defaultJobs, digests: intake.digests,
        listening: HeardSnapshot.init
      ) { entry, input, heard in
        intake.begin(input, heard)
        for snapshot in input.snapshots {
          if inputs.ignoreUnrecognized, snapshot.isUnrecognized, entry.isFromDirectory || snapshot.file.member != nil {
            unrecognized.add(snapshot)
          } else {
            unrecognized.note(snapshot)
            try directory.trying { _ throws(CaseError) in try intake.take(snapshot, of: input) }
          }
        }
      }
    }
    let ignored = unrecognized.resolve()
    intake.passedOver += ignored.passedOver
    for snapshot in ignored.failedBackups {
      try directory.trying { _ throws(CaseError) in try intake.take(snapshot, of: InputReport()) }
    }
    if intake.isEmpty {
      let report = SnapshotReport.noSnapshots(in: inputs.input)
      try directory.trying { _ throws(CaseError) in try intake.take(report, of: InputReport()) }
    }
    return intake.taken(statistics)
  }

  private func policy(_ sources: KeySources) -> Policy {
    // A case has rows and counts: nobody reads the details of findings.
    var policy = Policy(
      resources: sources.configuration?.scope ?? scope.selection.patterns, etcdPrefix: scope.prefix.etcdPrefix,
      maximumFindings: 0)
    policy.configuration = sources.configuration
    policy.decryption = keyOptions.decryption
    return policy
  }
}
