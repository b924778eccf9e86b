import ArgumentParser
import ConfigurationAudit
import Confinement
import EncryptionConfig
import KubernetesStorage
import Reporting
import SnapshotInput
import VerificationModel

/// `atrest lint`: is this EncryptionConfiguration sound?
struct LintCommand: DocumentedCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Check an EncryptionConfiguration.",
    usage: "atrest lint [<options>] <config>")

  static let manual = Manual(
    purpose: """
      Checks an EncryptionConfiguration as the API server reads it. It shows which
      key writes which resource, what an API server would reject, and where the file
      encrypts less than it seems to. With a snapshot, it also tells whether the file
      is in force. No message quotes a key.
      """,
    examples: """
        atrest lint /etc/kubernetes/encryption-config.yaml
        atrest lint --snapshot backup.db encryption-config.yaml
        atrest lint --fail-on medium --resource '*.*' encryption-config.yaml
        ssh cp-1 cat /etc/kubernetes/encryption-config.yaml | atrest lint -
      """,
    topics: """
      EXIT STATUS:
        0  the file is sound: nothing at or above --fail-on was found
        1  something was found
        2  the file can't be understood, so that no API server starts with it; or the
           call is wrong
        3  the snapshot could not be read whole, or the report could not be written

      'atrest explain' lists the rules.
      """)

  @Argument(help: "The EncryptionConfiguration, YAML or JSON; - for standard input.", completion: .file())
  var config: String?

  @OptionGroup(title: "What the file must do") var demands: LintDemands
  @OptionGroup(title: "API servers") var servers: ServerOptions
  @OptionGroup(title: "Snapshot") var held: LintSnapshot
  @OptionGroup(title: "Output") var display: LintDisplay
  @OptionGroup(title: "Sandbox") var sandbox: SandboxOption

  /// The snapshot that the file is held against.
  struct LintSnapshot: ParsableArguments {
    @Option(
      help: ArgumentHelp("Check the file against this snapshot; - for standard input.", valueName: "input"),
      completion: .file())
    var snapshot: String?

    @OptionGroup var prefix: EtcdPrefixOption
  }

  /// How the report is written.
  struct LintDisplay: ParsableArguments {
    @Option(help: ArgumentHelp("Output format.", valueName: "format"))
    var format = DocumentFormat.text

    @Flag(name: [.short, .long], help: "Text: print only the first line.")
    var quiet = false

    @OptionGroup var color: ColorOption
  }

  func check() throws {
    guard config != nil else {
      throw ValidationError("an EncryptionConfiguration is missing: name its file, or - for standard input")
    }
    guard config != "", held.snapshot != "" else {
      throw ValidationError("an input has no name: is a variable unset that should hold the path?")
    }
    guard config != "-" || held.snapshot != "-" else {
      throw ValidationError("standard input is named twice, and can be read only once")
    }
  }

  func run() throws {
    let clock = ContinuousClock()
    let start = clock.now
    var grants = FileGrants()
    grants.read([config])
    let snapshots = [held.snapshot].compactMap(\.self)
    grants.read(InputList(listing: snapshots), named: snapshots)
    try sandbox.confine(grants)
    let invocation = Invocation.ofThisProcess()
    let report = LintReport(
      on: config ?? "", policy: policy, snapshot: held.snapshot, etcdPrefix: held.prefix.etcdPrefix)
    switch display.format {
    case .text:
      let text = LintText(color: display.color.isOn, isQuiet: display.quiet, width: StandardOutput.columns)
      StandardOutput.send(text.render(report))
    case .json:
      let duration = start.duration(to: clock.now)
      StandardOutput.send(try LintJSON.render(report, invocation: invocation, duration: duration))
    }
    throw ExitStatus(code: report.exitStatus)
  }

  private var policy: LintPolicy {
    LintPolicy(
      required: ResourceSelection(demands.resource).patterns, failOn: demands.failOn.severity,
      server: servers.settings, requiresFIPS: demands.fips, ignoresFileMode: demands.ignoreFileMode)
  }
}
