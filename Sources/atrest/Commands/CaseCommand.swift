import ArgumentParser
import Reporting
import RuleCatalog

/// `atrest case`: the commands on many snapshots that are kept together.
struct CaseCommand: DocumentedCommand {
  static let commands: [any CaseSubcommand.Type] = [
    CaseInitCommand.self, CaseAddCommand.self, CaseExposuresCommand.self, CaseTimelineCommand.self,
    CaseListCommand.self, CaseShowCommand.self, CaseDiffCommand.self, CaseKeysCommand.self, CaseVerifyCommand.self,
    CaseExportCommand.self, CaseImportCommand.self, CaseBackupCommand.self,
  ]

  static let configuration = CommandConfiguration(
    commandName: "case",
    abstract: "Keep many snapshots together, and ask what was exposed since when.",
    usage: "atrest case <command> [<options>] <directory> ...",
    subcommands: commands)

  static let manual = Manual(
    purpose: """
      A case is a directory that remembers what was found in many snapshots: which
      object could be read from which of them, since when, and under which keys. It
      never holds a value. 'atrest case <command> --help' explains a command.
      """,
    examples: """
        atrest case init incident
        atrest case add incident /var/backups/etcd
        atrest case exposures incident
        atrest case timeline incident payments/db
      """,
    topics: """
      EXIT STATUS:
        0  the question was answered, and nothing is to be done
        1  something was found: see the help of the command
        2  the call is wrong: there is no such case, snapshot or object
        3  something could not be read whole, the case is damaged, or the answer could
           not be written
      """)

  func check() throws { throw ValidationError("a command is missing after 'case': \(Self.commandList)") }

  /// The command that `word` names after `case`.
  static func command(named word: String) throws(WrongCall) -> any DocumentedCommand.Type {
    if let command = commands.first(where: { $0.configuration.commandName == word }) { return command }
    guard !word.isEmpty else {
      throw WrongCall("a command is missing after 'case': is a variable unset that should hold it?", Self.self)
    }
    let names = commands.compactMap { $0.configuration.commandName }
    guard let meant = Spelling.nearest(to: word, among: names, limit: 1).first else {
      throw WrongCall("no such command 'case \(word)'; \(commandList)", Self.self)
    }
    throw WrongCall("no such command 'case \(word)'; did you mean 'case \(meant)'?", Self.self)
  }

  private static var commandList: String {
    "the commands are " + commands.compactMap { $0.configuration.commandName }.joined(separator: ", ")
  }
}
