import ArgumentParser
import KubernetesStorage
import Reporting
import SnapshotInput
import SnapshotVerification

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `atrest verify`: is every value that must be encrypted at rest encrypted in this snapshot?
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Is every Secret, or whatever else must be, encrypted at rest in this etcd snapshot?",
    usage: "atrest verify [<options>] <input> ...",
    discussion: """
      Looks at three layers: live, what anyone reads who restores the snapshot; history, older revisions that \
      compaction has not removed; and residue, bytes that no live page owns, such as the pages that compaction freed.

      EXAMPLES
        atrest verify backup.db
        atrest verify --format json /var/backups/etcd > report.json
        atrest verify --fail-on medium --quiet backup.db || alert
        atrest verify --resource secrets --resource widgets.example.com backup.db

      RESOURCES
        As in an EncryptionConfiguration: secrets, configmaps, deployments.apps,
        widgets.example.com; *.apps for a group, *. for the core group, *.* for all.
        'openshift' stands for what OpenShift's own encryption covers.

      DATA KEYS AND SEEDS
        --dek-seeds reads lines KEY = HEX. KEY is a key id of KMS v2, or an encrypted
        data key or seed as it is stored, in hex or base64; HEX is the decrypted data
        key or seed. Lines that begin with # are passed over.

      EXIT STATUS
        0  everything in scope was read, and nothing at or above --fail-on was found
        1  everything was read, and something was found; or nothing was in scope
        2  the call is wrong
        3  a snapshot could not be verified: unreadable, truncated, damaged, hash
           mismatch, not a snapshot; or the report could not be written
      """)

  @Argument(
    help: """
      Snapshot files; directories: every regular file in them, recursively; or -: standard input. Compressed and packed \
      ones are recognised.
      """)
  var input: [String]

  @Option(
    name: [.customShort("c"), .long],
    help: ArgumentHelp(
      """
      The EncryptionConfiguration to hold the snapshots against: what must be encrypted, which key writes, which keys are \
      missing.
      """, valueName: "file"))
  var encryptionConfig: String?

  @Flag(
    help: """
      Decrypt with the keys of --encryption-config and --dek-seeds, in memory that is wiped, and tell what is authentic.
      """)
  var authenticate = false

  @Option(
    help: ArgumentHelp(
      "Also decrypt values of KMS plugins, with the data keys and seeds in this file (see below).", valueName: "file"))
  var dekSeeds: String?

  @Option(
    help: ArgumentHelp(
      "What a gateway puts before the keys in etcd; values are bound to what follows it.", valueName: "prefix"))
  var aadStripPrefix: String?

  @Option(
    help: ArgumentHelp(
      "Every live value in scope must be encrypted by this provider, and with this key or plugin if one is named.",
      valueName: "provider[:name]"),
    transform: { text in
      guard let provider = RequiredProvider(text) else {
        throw ValidationError(
          "'\(text)' names no provider: write aescbc, aesgcm, secretbox, kmsv1 or kmsv2, and after a colon a key.")
      }
      return provider
    })
  var requireProvider: RequiredProvider?

  @Option(
    help: ArgumentHelp(
      "What must be encrypted; repeat it for several (default: secrets, or what the configuration covers).",
      valueName: "resource"),
    transform: ResourceSelection.patterns(of:))
  var resource: [[ResourcePattern]] = []

  @Flag(help: "Look for resources too that neither Kubernetes nor the snapshot tells of.")
  var allowUnknownResource = false

  @Option(help: "The API server's --etcd-prefix (default: found from the keys).")
  var etcdPrefix: String?

  @Option(help: ArgumentHelp("Layers to examine, separated by commas: live, history, residue.", valueName: "layers"))
  var layers = LayerList.all

  @Option(
    help: ArgumentHelp("The least severity that fails.", valueName: "severity"))
  var failOn = FailureThreshold.high

  @Option(help: ArgumentHelp("What standard output gets.", valueName: "format"))
  var format = OutputFormat.text

  @Option(
    help: ArgumentHelp("Keep the details of at most this many findings; counts are always exact.", valueName: "n"))
  var maxFindings = 10_000

  @Flag(help: "Let a snapshot pass in which nothing that must be encrypted is found.")
  var allowEmpty = false

  @Flag(help: "Leave out the SHA-256.")
  var noHash = false

  @Flag(help: "Treat a missing SHA-256 as an error.")
  var requireHash = false

  @Option(
    help: ArgumentHelp("Unpack at most this many bytes of one input (default: 64 GiB).", valueName: "bytes"))
  var unpackedSize: UInt64?

  @Option(
    help: ArgumentHelp(
      "Unpack at most this many times as many bytes as went in, beyond 256 MiB (default: 200).", valueName: "n"))
  var unpackedRatio: UInt64?

  @Option(
    help: ArgumentHelp(
      "Verify this many snapshots at once (default: one for each processor, at most 4).", valueName: "n"))
  var jobs: Int?

  @Flag(help: "In directories, pass over files that are no snapshots.")
  var ignoreUnrecognized = false

  @Option(help: ArgumentHelp("Color in text; NO_COLOR is honored.", valueName: "when"))
  var color = ColorChoice.auto

  @Option(
    help: ArgumentHelp(
      "Show progress on standard error; auto: on a terminal, unless --quiet.", valueName: "when"))
  var progress = ProgressChoice.auto

  @Flag(help: "At the end, print on standard error what the run cost, by stage.")
  var stats = false

  @Flag(name: [.short, .long], help: "Text: print only the first line of each report.")
  var quiet = false

  func validate() throws {
    guard !input.isEmpty else { throw ValidationError("Missing expected argument '<input> ...'") }
    guard !input.contains("") else {
      throw ValidationError("An input has no name: is a variable unset that should hold the path?")
    }
    guard jobs ?? 1 >= 1 else { throw ValidationError("--jobs must be at least 1.") }
    guard maxFindings >= 0 else { throw ValidationError("--max-findings must not be negative.") }
    if !allowUnknownResource, let mistake = selection.mistake { throw ValidationError(mistake) }
    guard encryptionConfig != "", dekSeeds != "" else {
      throw ValidationError("A file has no name: is a variable unset that should hold the path?")
    }
    guard !authenticate || encryptionConfig != nil || dekSeeds != nil else {
      throw ValidationError("--authenticate needs keys: add --encryption-config or --dek-seeds.")
    }
    guard authenticate || dekSeeds == nil && aadStripPrefix == nil else {
      throw ValidationError("--dek-seeds and --aad-strip-prefix need --authenticate.")
    }
    guard !(noHash && requireHash) else { throw ValidationError("--no-hash and --require-hash exclude each other.") }
  }

  func run() throws {
    let clock = ContinuousClock()
    let start = clock.now
    let sources = try sources()
    let policy = policy(sources.configuration)
    let invocation = Invocation(
      toolVersion: Atrest.version, arguments: Array(CommandLine.arguments.dropFirst()), startedAt: Date())
    let text = TextReport(color: color.isOn, isQuiet: quiet)
    var output = try ReportOutput(
      format, text: text, policy: policy, invocation: invocation,
      expecting: allowUnknownResource ? [] : selection.custom)
    var report = Report(policy: policy, snapshots: [])
    let entries = InputList(arguments: input).entries
    let statistics = stats ? RunStatistics() : nil
    let verifier = {
      Verifier(policy: policy, keys: sources.keys, limits: limits, progress: $0, statistics: statistics)
    }
    try verify(entries, by: verifier) { entry, snapshot in
      if ignoreUnrecognized, entry.isFromDirectory, snapshot.isUnrecognized { return }
      try statistics.measure(.reporting) { try output.add(snapshot, to: &report) }
    }
    if report.snapshots.isEmpty { try output.add(.noSnapshots(in: input), to: &report) }
    if let mistake = output.mistake(in: report) {
      StandardOutput.sendError("Error: \(mistake)\n")
      throw ExitStatus.usage
    }
    try statistics.measure(.reporting) { try output.end(report, duration: start.duration(to: clock.now)) }
    if let statistics { Self.print(statistics, wallTime: start.duration(to: clock.now)) }
    throw ExitStatus(code: report.verdict.exitStatus)
  }

  /// Verifies `entries`, and shows meanwhile how far that has come.
  private func verify(
    _ entries: [InputList.Entry], by makeVerifier: (ReadingProgress?) -> Verifier,
    _ receive: (InputList.Entry, SnapshotReport) throws -> Void
  ) throws {
    let form = progress.form(isQuiet: quiet)
    let reading = form.map { _ in ReadingProgress(of: entries) }
    let verifier = makeVerifier(reading)
    let jobs = jobs ?? Verifier.defaultJobs
    guard let form, let reading else { return try verifier.verify(entries, jobs: jobs, receive) }
    let display = ProgressDisplay(reading, form)
    defer { display.finish() }
    try verifier.verify(entries, jobs: jobs) { entry, snapshot in
      try display.standAside { try receive(entry, snapshot) }
    }
  }

  private static func print(_ statistics: RunStatistics, wallTime: Duration) {
    let usage = ProcessUsage()
    let cost = RunCost(
      statistics, wallTime: wallTime, userTime: usage.userTime, systemTime: usage.systemTime,
      peakMemory: usage.peakMemory)
    StandardOutput.sendError(cost.render())
  }

  private var limits: UnpackingLimits {
    var limits = UnpackingLimits()
    if let unpackedSize { limits.byteCount = unpackedSize }
    if let unpackedRatio { limits.ratio = unpackedRatio }
    return limits
  }

  private var selection: ResourceSelection { ResourceSelection(resource) }

  /// Reads the configuration and the keys. What is wrong with them is printed, and the call is wrong then.
  private func sources() throws -> KeySources {
    do throws(KeySources.MistakenFile) {
      return try KeySources(
        configurationPath: encryptionConfig, seedsPath: dekSeeds, authenticates: authenticate,
        strippedPrefix: aadStripPrefix, required: resource.isEmpty ? [] : selection.patterns)
    } catch {
      StandardOutput.sendError(error.description + "\n")
      throw ExitStatus.usage
    }
  }

  private func policy(_ configuration: ConfigurationCheck?) -> Policy {
    var policy = Policy(
      resources: configuration?.scope ?? selection.patterns, failOn: failOn.severity, layers: layers.layers,
      etcdPrefix: etcdPrefix.map { EtcdPrefix($0) },
      allowEmpty: allowEmpty, hash: noHash ? .skipped : requireHash ? .required : .verified,
      maximumFindings: maxFindings)
    policy.configuration = configuration
    policy.requiredProvider = requireProvider
    return policy
  }
}
