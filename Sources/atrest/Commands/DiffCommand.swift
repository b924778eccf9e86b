import ArgumentParser
import CaseStore
import Cryptography
import Reporting
import SnapshotInput
import SnapshotVerification
import ValueAuthentication
import VerificationModel

/// `atrest diff`: what came, went or changed between two snapshots?
struct DiffCommand: DocumentedCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Compare two snapshots: what came, went, changed its class or key.",
    usage: "atrest diff [<options>] <before> <after>")

  static let manual = Manual(
    purpose: """
      Shows which objects came, went, changed their class or their key, or were
      written again between two snapshots; and of which plaintext can be read in
      other layers than before. With --authenticate it also tells whether a value
      that was encrypted is the one that could be read.
      """,
    examples: """
        atrest diff monday.db tuesday.db
        atrest diff -c encryption-config.yaml --authenticate monday.db tuesday.db
      """,
    topics: """
      EXIT STATUS:
        0  the objects are the same in both
        1  some are not
        2  the call is wrong
        3  a snapshot could not be read whole, or the answer could not be written
      """)

  @OptionGroup(title: "Inputs") var inputs: InputOptions
  @OptionGroup(title: "What is compared") var scope: ScopeOptions
  @OptionGroup(title: "Keys") var keyOptions: KeyOptions
  @OptionGroup(title: "Output") var display: DisplayOptions
  @OptionGroup(title: "Sandbox") var sandbox: SandboxOption

  func check() throws {
    try inputs.check()
    try keyOptions.check(scope)
    guard inputs.input.count == 2 else { throw ValidationError("two snapshots are needed, the older one first") }
  }

  func run() throws {
    let files = try scope.keyFiles(keyOptions)
    let entries = try inputs.confined { _, grants in try sandbox.confine(grants) }.list.entries
    let output = CaseOutput(display.format, isQuiet: display.quiet, color: display.color.isOn)
    let sources = try scope.sources(files, keyOptions)
    // Rows are compared: nobody reads the details of findings.
    var policy = Policy(
      resources: sources.configuration?.scope ?? scope.selection.patterns, etcdPrefix: scope.prefix.etcdPrefix,
      maximumFindings: 0)
    policy.configuration = sources.configuration
    policy.decryption = keyOptions.decryption
    let statistics = display.stats ? RunStatistics() : nil
    var sides: [ComparedSnapshot] = []
    try display.showingProgress(of: entries) { progress, _ in
      let verifier = Verifier(
        policy: policy, keys: sources.keys, limits: inputs.limits, progress: progress, statistics: statistics)
      verifier.examine(
        entries, jobs: inputs.jobs ?? Verifier.defaultJobs, digests: ContentDigests(key: Self.passingKey()),
        listening: HeardSnapshot.init
      ) { _, input, heard in
        sides += ComparedSnapshot.all(of: input, heard)
      }
    }
    guard sides.count == 2 else {
      StandardOutput.sendError(
        WrongCall.line("\(sides.count) snapshots were found, and two are compared: name the two files"))
      throw sides.count > 2 ? ExitStatus.usage : .unreadable
    }
    for side in sides {
      if let reason = side.report.reason { StandardOutput.sendError(WrongCall.line("\(side.report.path): \(reason)")) }
    }
    guard sides.allSatisfy({ $0.report.etcd != nil }) else { throw ExitStatus.unreadable }
    let difference = ComparedSnapshot.difference(sides[0], sides[1])
    try output.send(CaseReport(of: difference))
    if let statistics { StandardOutput.sendCost(of: statistics, wallTime: output.elapsed) }
    guard sides.allSatisfy({ $0.report.errors.isEmpty }) else { throw ExitStatus.unreadable }
    throw difference.changes.isEmpty ? ExitStatus.success : .found
  }

  /// A key for the digests of one call: nothing that is kept could be compared with them.
  private static func passingKey() -> SecretBytes {
    var generator = SystemRandomNumberGenerator()
    var bytes: [UInt8] = (0..<32).map { _ in generator.next() }
    return SecretBytes(wiping: &bytes)
  }
}
