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
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "What is this file, and what is in it?",
    usage: "atrest inspect [<options>] <input> ...",
    discussion: """
      Tells whether a file is an etcd snapshot, a copy of a member's database, or damaged; prints the figures of \
      `etcdutl snapshot status`, equal to them; and tells which resources lie in it, how many of them are encrypted, \
      and with which keys. It judges nothing: that is for verify.

      EXAMPLES
        atrest inspect backup.db
        atrest inspect --quiet /var/backups/etcd
        atrest inspect --format json backup.db | jq '.snapshots[].status'

      EXIT STATUS
        0  everything was read
        2  the call is wrong
        3  a file could not be read, or not whole: truncated, damaged, hash mismatch,
           not a snapshot; or the report could not be written
      """)

  @Argument(help: "Snapshot files, or directories: every regular file in them, recursively.")
  var input: [String]

  @Option(help: "The API server's --etcd-prefix (default: found from the keys).")
  var etcdPrefix: String?

  @Option(help: ArgumentHelp("What standard output gets.", valueName: "format"))
  var format = DocumentFormat.text

  @Flag(help: "Leave out the SHA-256.")
  var noHash = false

  @Flag(help: "In directories, pass over files that are no snapshots.")
  var ignoreUnrecognized = false

  @Option(help: ArgumentHelp("Color in text; NO_COLOR is honored.", valueName: "when"))
  var color = ColorChoice.auto

  @Flag(name: [.short, .long], help: "Text: print only the first line about each file.")
  var quiet = false

  func validate() throws {
    guard !input.isEmpty else { throw ValidationError("Missing expected argument '<input> ...'") }
    guard !input.contains("") else {
      throw ValidationError("An input has no name: is a variable unset that should hold the path?")
    }
    guard !input.contains("-") else {
      throw ValidationError("Standard input can't be inspected: save the snapshot to a file and name it.")
    }
  }

  func run() throws {
    let clock = ContinuousClock()
    let start = clock.now
    let invocation = Invocation(
      toolVersion: Atrest.version, arguments: Array(CommandLine.arguments.dropFirst()), startedAt: Date())
    let text = InspectionText(color: color.isOn, isQuiet: quiet)
    let inspector = Inspector(etcdPrefix: etcdPrefix.map { EtcdPrefix($0) }, checksHash: !noHash)
    var inspections: [Inspection] = []
    func add(_ inspection: Inspection) {
      if format == .text { StandardOutput.send(text.render(inspection, isFirst: inspections.isEmpty)) }
      inspections.append(inspection)
    }
    for entry in InputList(arguments: input).entries {
      let inspection = inspector.inspect(entry)
      if ignoreUnrecognized, entry.isFromDirectory, inspection.isUnrecognized { continue }
      add(inspection)
    }
    if inspections.isEmpty { add(.noSnapshots(in: input)) }
    switch format {
    case .text: StandardOutput.send(text.renderSummary(inspections))
    case .json:
      let duration = start.duration(to: clock.now)
      StandardOutput.send(try InspectionJSON.render(inspections, invocation: invocation, duration: duration))
    }
    throw ExitStatus(code: inspections.allSatisfy(\.isComplete) ? 0 : 3)
  }
}
