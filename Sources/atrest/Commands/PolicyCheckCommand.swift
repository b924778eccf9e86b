import ArgumentParser
import Confinement
import Reporting
import VerificationModel

/// `atrest policy check`: is this policy well formed, and what does it demand and waive?
struct PolicyCheckCommand: DocumentedCommand {
  static let name = "policy check"

  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say whether a policy is well formed, and what it demands and waives.",
    usage: "atrest policy check [<options>] <file>")

  static let manual = Manual(
    purpose: """
      Reads a policy file as 'atrest verify --policy' does, and says what it demands
      and waives, which waivers have expired and which will within 30 days; or all
      that is wrong with it, each with its line.
      """,
    examples: """
        atrest policy check policy.yaml
        atrest policy check --format json policy.yaml | jq '.waivers[].daysLeft'
      """,
    topics: """
      EXIT STATUS:
        0  the policy is well formed, expired waivers or not
        2  the policy can't be understood, or the call is wrong
        3  the answer could not be written
      """)

  @Argument(help: "The policy, YAML or JSON; - for standard input.", completion: .file())
  var file: String?

  @Option(help: ArgumentHelp("Output format.", valueName: "format"))
  var format = DocumentFormat.text

  @OptionGroup var color: ColorOption

  @OptionGroup(title: "Sandbox") var sandbox: SandboxOption

  func check() throws {
    guard let file else { throw ValidationError("a policy is missing: name its file, or - for standard input") }
    guard !file.isEmpty else {
      throw ValidationError("the policy has no name: is a variable unset that should hold the path?")
    }
  }

  func run() throws {
    var grants = FileGrants()
    grants.read([file])
    try sandbox.confine(grants)
    let check = PolicyCheck(path: file ?? "", today: .ofThisCall())
    switch format {
    case .text:
      StandardOutput.send(PolicyCheckText(color: color.isOn, width: StandardOutput.columns).render(check))
    case .json:
      StandardOutput.send(try PolicyCheckJSON.render(check, invocation: .ofThisProcess()))
    }
    throw ExitStatus(code: check.exitStatus)
  }
}
