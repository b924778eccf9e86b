import ArgumentParser
import KubernetesStorage
import Reporting
import SnapshotInput
import SnapshotInspection
import SnapshotVerification
import VerificationModel

/// `atrest inspect`: what is this file?
struct InspectCommand: DocumentedCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show what a file is and what is in it.",
    usage: "atrest inspect [<options>] <input> ...")

  static let manual = Manual(
    purpose: """
      Shows whether a file is an etcd snapshot, a copy of a member's database, or
      damaged. It prints the figures of 'etcdutl snapshot status' and the resources
      in the file: how many of them are encrypted, and with which keys. A ledger
      tells of every byte of the file what it is part of, and what judges it. To
      judge a snapshot, use verify.
      """,
    examples: """
        atrest inspect backup.db
        atrest inspect --quiet /var/backups/etcd
        atrest inspect --format json backup.db | jq '.snapshots[].status'
      """,
    topics: """
      EXIT STATUS:
        0  everything was read
        2  the call is wrong
        3  a file could not be read whole: unreadable, truncated, damaged, hash
           mismatch, not a snapshot; or the report could not be written
      """)

  @OptionGroup(title: "Inputs") var inputs: InputOptions
  @OptionGroup(title: "Inputs") var hash: HashOption
  @OptionGroup(title: "Inputs") var prefix: EtcdPrefixOption
  @OptionGroup(title: "Ledger") var ledger: LedgerOptions
  @OptionGroup(title: "Output") var display: DisplayOptions
  @OptionGroup(title: "Sandbox") var sandbox: SandboxOption

  func check() throws { try inputs.check() }

  func run() throws {
    let clock = ContinuousClock()
    let start = clock.now
    let list = try inputs.confined { _, grants in try sandbox.confine(grants) }.list
    let invocation = Invocation.ofThisProcess()
    let statistics = display.stats ? RunStatistics() : nil
    var passedOver = list.passedOver
    var unrecognized = UnrecognizedFiles()
    let text = InspectionText(color: display.color.isOn, isQuiet: display.quiet, width: StandardOutput.columns)
    var output = try InspectionOutput(display.format, text: text, invocation: invocation)
    try display.showingProgress(of: list.entries) { progress, standAside in
      let inspector = Inspector(
        etcdPrefix: prefix.etcdPrefix, resources: ledger.patterns, checksHash: !hash.noHash, limits: inputs.limits,
        progress: progress, statistics: statistics)
      try inspector.inspect(list.entries, jobs: inputs.jobs ?? Verifier.defaultJobs) { entry, input in
        passedOver += input.passedOver
        for inspection in input.snapshots {
          let isFound = entry.isFromDirectory || inspection.file.member != nil
          if inputs.ignoreUnrecognized, isFound, inspection.isUnrecognized {
            unrecognized.add(inspection)
          } else {
            unrecognized.note(inspection)
            try standAside { try statistics.measure(.reporting) { try output.add(inspection) } }
          }
        }
      }
    }
    let ignored = unrecognized.resolve()
    passedOver += ignored.passedOver
    for report in ignored.failedBackups { try output.add(Inspection(ofUnreadable: report)) }
    if output.inspections.isEmpty { try output.add(.noSnapshots(in: inputs.input)) }
    try output.end(passedOver: passedOver, duration: start.duration(to: clock.now))
    if let statistics { StandardOutput.sendCost(of: statistics, wallTime: start.duration(to: clock.now)) }
    throw ExitStatus(code: output.inspections.allSatisfy(\.isComplete) ? 0 : 3)
  }
}
