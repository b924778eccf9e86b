import ArgumentParser
import Reporting
import RuleCatalog

/// `atrest policy`: the commands on policy files.
struct PolicyCommand: DocumentedCommand {
  static let commands: [any DocumentedCommand.Type] = [PolicyCheckCommand.self]

  static let configuration = CommandConfiguration(
    commandName: "policy",
    abstract: "Check a policy file.",
    usage: "atrest policy <command> [<options>] <file>",
    subcommands: commands)

  static let manual = Manual(
    purpose: """
      A policy file says once what is demanded of snapshots, and what has been
      accepted until when: 'atrest verify --policy FILE' holds them against it.
      'atrest policy check --help' explains the command.
      """,
    examples: """
        atrest policy check policy.yaml
      """,
    topics: """
      EXIT STATUS:
        0  the policy is well formed
        2  the policy can't be understood, or the call is wrong
        3  the answer could not be written
      """)

  func check() throws { throw ValidationError("a command is missing after 'policy': \(Self.commandList)") }

  /// The command that `word` names after `policy`.
  static func command(named word: String) throws(WrongCall) -> any DocumentedCommand.Type {
    if let command = commands.first(where: { $0.configuration.commandName == word }) { return command }
    throw WrongCall("no such command 'policy \(word)'; \(commandList)", Self.self)
  }

  private static let commandList = "the only one is 'atrest policy check'"
}
