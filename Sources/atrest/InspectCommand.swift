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

/// `atrest inspect`: what is this file?
struct InspectCommand: DocumentedCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show what a file is and what is in it.",
    usage: "atrest inspect [<options>] <input> ...")

  static let manual = Manual(
    purpose: """
      Shows what a file is: an etcd snapshot, a copy of a member's database, or
      damaged; the figures of 'etcdutl snapshot status'; and which resources are in
      it, how many of them are encrypted, and with which keys. It does not judge: for
      that, use verify.
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
  @OptionGroup(title: "Inputs") var prefix: EtcdPrefixOption
  @OptionGroup(title: "Output") var display: DisplayOptions

  func check() throws { try inputs.check() }

  func run() throws {
    let clock = ContinuousClock()
    let start = clock.now
    let invocation = Invocation(
      toolVersion: Atrest.version, arguments: Array(CommandLine.arguments.dropFirst()), startedAt: Date())
    let text = InspectionText(color: display.color.isOn, isQuiet: display.quiet)
    let inspector = Inspector(etcdPrefix: prefix.etcdPrefix, checksHash: !inputs.noHash)
    var inspections: [Inspection] = []
    func add(_ inspection: Inspection) {
      if display.format == .text { StandardOutput.send(text.render(inspection, isFirst: inspections.isEmpty)) }
      inspections.append(inspection)
    }
    for entry in InputList(arguments: inputs.input).entries {
      let inspection = inspector.inspect(entry)
      if inputs.ignoreUnrecognized, entry.isFromDirectory, inspection.isUnrecognized { continue }
      add(inspection)
    }
    if inspections.isEmpty { add(.noSnapshots(in: inputs.input)) }
    switch display.format {
    case .text: StandardOutput.send(text.renderSummary(inspections))
    case .json, .ndjson:
      let duration = start.duration(to: clock.now)
      StandardOutput.send(try InspectionJSON.render(inspections, invocation: invocation, duration: duration))
    }
    throw ExitStatus(code: inspections.allSatisfy(\.isComplete) ? 0 : 3)
  }
}
