import ArgumentParser
import Confinement

/// The command line: parses arguments, picks the exit status, and nothing else.
@main
struct Atrest: DocumentedCommand {
  /// The version that `--version` and every report name.
  static let version = "0.1.0"
  /// The day of that version, as manual pages have it.
  static let date = "November 30, 2026"

  static let configuration = CommandConfiguration(
    commandName: "atrest",
    abstract: "Verify offline that the Secrets in etcd snapshots are encrypted at rest.",
    usage: "atrest <command> [<options>] <argument> ...",
    version: ProgramVersion.text,
    subcommands: Request.commands)

  static let manual = Manual(
    purpose: """
      Verifies offline that the Secrets in etcd snapshots are encrypted at rest. It
      opens its input read-only, uses no network, and never prints a value.
      'atrest <command> --help' explains a command.
      """,
    examples: """
        atrest verify backup.db
        atrest inspect backup.db
        atrest lint /etc/kubernetes/encryption-config.yaml
        atrest explain plaintext-live
      """,
    topics: """
      EXIT STATUS:
        0  everything was read and is in order
        1  everything was read, and something was found
        2  the call is wrong
        3  an input could not be read whole, or the report could not be written
      """)

  static func main() {
    Crash.tellsNothing()
    ProcessConfinement.begin()
    StandardOutput.reserveClosedStreams()
    StandardOutput.diesOfBrokenPipe()
    StandardOutput.outlivesFileLimit()
    do {
      try StackSpace.check()
      let words = CompletionCommand.withCommand(RedactionOptions.withValue(try CallWords.ofThisProcess()))
      try perform(try Request(words), words)
    } catch let status as ExitStatus {
      status.end()
    } catch let call as WrongCall {
      StandardOutput.sendError(call.text)
      ExitStatus.usage.end()
    } catch {
      StandardOutput.sendError(WrongCall.line("\(error)"))
      ExitStatus.unwritable.end()
    }
  }

  func check() throws {
    throw ValidationError("a command is missing")
  }

  private static func perform(_ request: Request, _ words: [String]) throws {
    switch request {
    case .help(let command): StandardOutput.send(command.help)
    case .version: StandardOutput.send(ProgramVersion.text + "\n")
    case .work(let command):
      var parsed = try parsed(command, words)
      try parsed.run()
    }
  }

  /// The command with its options. Throws a ``WrongCall`` where these can't be understood.
  private static func parsed(_ command: any DocumentedCommand.Type, _ words: [String]) throws -> any ParsableCommand {
    do {
      let parsed = try parseAsRoot(words)
      if let option = SingleOption.repeated(in: words) {
        throw ValidationError("\(option) is given twice, and only one can hold")
      }
      try (parsed as? any DocumentedCommand)?.check()
      return parsed
    } catch  where exitCode(for: error).isSuccess {
      StandardOutput.send(fullMessage(for: error) + "\n")
      throw ExitStatus.success
    } catch {
      throw WrongCall(error, of: command)
    }
  }
}
