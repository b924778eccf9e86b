import ArgumentParser

/// `atrest completion`: what a shell reads to complete the words of a call.
struct CompletionCommand: DocumentedCommand {
  static let configuration = CommandConfiguration(
    commandName: "completion",
    abstract: "Print what completes commands and options in a shell.",
    usage: "atrest completion [<options>] <shell>")

  static let manual = Manual(
    purpose: """
      Prints the script by which bash, zsh or fish completes the commands, the options
      and their values, the names of rules, and files. scripts/install puts it where
      the shell looks for it.
      """,
    examples: """
        source <(atrest completion bash)
        atrest completion zsh > ~/.zfunc/_atrest
        atrest completion fish > ~/.config/fish/completions/atrest.fish
      """,
    topics: """
      EXIT STATUS:
        0  the script was printed
        2  the call is wrong
        3  the script could not be written
      """)

  @Argument(help: "The shell.")
  var shell: ShellName?

  /// `words` with this command in the place of the option by which ArgumentParser is asked for its own script.
  static func withCommand(_ words: [String]) -> [String] {
    let option = "--generate-completion-script"
    guard let first = words.first, first == option || first.hasPrefix("\(option)=") else { return words }
    return ["completion"] + first.dropFirst(option.count + 1).split(separator: " ").map(String.init) + words.dropFirst()
  }

  func check() throws {
    guard shell != nil else { throw ValidationError("a shell is missing: name bash, zsh or fish") }
  }

  func run() throws {
    guard let shell else { return }
    StandardOutput.send(CompletionScript(Atrest.completionScript(for: shell.kind), for: shell).text + "\n")
  }
}
