import ArgumentParser

/// The command line: parses arguments, picks the exit status, and nothing else.
@main
struct Atrest: ParsableCommand {
  /// The version that `--version` and every report name.
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "atrest",
    abstract: "Verifies, offline, that a Kubernetes cluster's secrets are encrypted at rest in etcd.",
    discussion: """
      Reads etcd snapshot files, finds every value that must be encrypted, and says which are not. Opens its input \
      read-only, talks to no network, and never prints a value.
      """,
    version: "atrest \(version)",
    subcommands: [VerifyCommand.self, InspectCommand.self, LintCommand.self, ExplainCommand.self])

  static func main() {
    Crash.tellsNothing()
    StandardOutput.reserveClosedStreams()
    StandardOutput.diesOfBrokenPipe()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let status as ExitStatus {
      status.end()
    } catch {
      finish(with: error)
    }
  }

  func run() throws {
    throw ValidationError("a command is missing, such as 'verify'")
  }

  /// Help and version go to standard output; anything else is a call that can't be understood.
  private static func finish(with error: any Error) -> Never {
    if exitCode(for: error).isSuccess {
      StandardOutput.send(fullMessage(for: error) + "\n")
      ExitStatus(code: 0).end()
    }
    StandardOutput.sendError(fullMessage(for: error) + "\n")
    ExitStatus.usage.end()
  }
}
