import ArgumentParser
import EncryptionConfig
import KubernetesStorage
import Reporting
import SnapshotVerification

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `atrest lint`: is this EncryptionConfiguration sound?
struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Is this EncryptionConfiguration sound?",
    usage: "atrest lint [<options>] <config>",
    discussion: """
      Reads the file as the API server does, and tells who writes what, what an API server would refuse, and what it \
      accepts although nothing is encrypted. With a snapshot it tells too whether the file is in force. No message \
      quotes a secret. 'atrest explain' lists the rules.

      EXAMPLES
        atrest lint /etc/kubernetes/encryption-config.yaml
        atrest lint --snapshot backup.db encryption-config.yaml
        atrest lint --fail-on medium --resource '*.*' encryption-config.yaml
        ssh cp-1 cat /etc/kubernetes/encryption-config.yaml | atrest lint -

      EXIT STATUS
        0  the file is sound: nothing at or above --fail-on was found
        1  something was found
        2  the file can't be understood, so that no API server starts with it; or the
           call is wrong
        3  the snapshot could not be read whole, or the report not be written
      """)

  @Argument(help: "The EncryptionConfiguration, YAML or JSON; -: standard input.")
  var config: String

  @Option(help: ArgumentHelp("Hold the file against this snapshot; -: standard input.", valueName: "input"))
  var snapshot: String?

  @Option(
    help: ArgumentHelp(
      "What must be encrypted; repeat it for several (default: secrets).", valueName: "resource"),
    transform: ResourceSelection.patterns(of:))
  var resource: [[ResourcePattern]] = []

  @Option(help: ArgumentHelp("The least severity that fails.", valueName: "severity"))
  var failOn = FailureThreshold.high

  @Option(
    help: ArgumentHelp(
      "The API servers' release, such as 1.31 (default: what the snapshot tells, else the newest).",
      valueName: "version"),
    transform: Self.version(_:))
  var kubernetesVersion: KubernetesVersion?

  @Flag(help: "The API servers watch the file (--encryption-provider-config-automatic-reload).")
  var automaticReload = false

  @Flag(help: "The API servers still allow KMS v1 (--feature-gates KMSv1=true).")
  var allowKmsV1 = false

  @Flag(help: "Only cryptography that FIPS 140 knows may write.")
  var fips = false

  @Flag(help: "Pass over the file's mode: it is a copy.")
  var ignoreFileMode = false

  @Option(help: "The snapshot's etcd prefix (default: found from the keys).")
  var etcdPrefix: String?

  @Option(help: ArgumentHelp("What standard output gets.", valueName: "format"))
  var format = DocumentFormat.text

  @Option(help: ArgumentHelp("Color in text; NO_COLOR is honored.", valueName: "when"))
  var color = ColorChoice.auto

  @Flag(name: [.short, .long], help: "Text: print only the first line.")
  var quiet = false

  func validate() throws {
    guard config != "", snapshot != "" else {
      throw ValidationError("An input has no name: is a variable unset that should hold the path?")
    }
    guard config != "-" || snapshot != "-" else {
      throw ValidationError("Standard input is named twice, and can be read only once.")
    }
    if let mistake = ResourceSelection(resource).mistake { throw ValidationError(mistake) }
  }

  func run() throws {
    let clock = ContinuousClock()
    let start = clock.now
    let invocation = Invocation(
      toolVersion: Atrest.version, arguments: Array(CommandLine.arguments.dropFirst()), startedAt: Date())
    let report = LintReport(
      on: config, policy: policy, snapshot: snapshot, etcdPrefix: etcdPrefix.map { EtcdPrefix($0) })
    switch format {
    case .text: StandardOutput.send(LintText(color: color.isOn, isQuiet: quiet).render(report))
    case .json:
      let duration = start.duration(to: clock.now)
      StandardOutput.send(try LintJSON.render(report, invocation: invocation, duration: duration))
    }
    throw ExitStatus(code: report.exitStatus)
  }

  private var policy: LintPolicy {
    LintPolicy(
      required: ResourceSelection(resource).patterns, failOn: failOn.severity,
      server: APIServerSettings(
        kubernetesVersion: kubernetesVersion, reloadsAutomatically: automaticReload, enablesKMSv1: allowKmsV1),
      requiresFIPS: fips, ignoresFileMode: ignoreFileMode)
  }

  private static func version(_ text: String) throws -> KubernetesVersion {
    guard let version = KubernetesVersion(text) else {
      throw ValidationError("'\(text)' is no release of Kubernetes: write it as 1.31 or v1.31.2.")
    }
    return version
  }
}
