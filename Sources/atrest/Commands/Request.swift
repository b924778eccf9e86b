import RuleCatalog

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a call asks for, as its words tell before an option is parsed.
enum Request {
  /// The help of a command.
  case help(any DocumentedCommand.Type)
  /// The version.
  case version
  /// That a command does its work, with these words.
  case work(any DocumentedCommand.Type)

  /// Looks at the words after the program's name. Throws when they name no command.
  init(_ words: [String]) throws(WrongCall) {
    guard let first = words.first, first != "--" else {
      throw WrongCall("a command is missing: \(Self.commandList)", Atrest.self)
    }
    if first == "help" || Self.helpOptions.contains(first) {
      self = .help(try Self.command(of: words.dropFirst().filter { !$0.hasPrefix("-") }[...]).command)
    } else if ["--version", "-V"].contains(first) {
      self = .version
    } else if Self.isForCompletion(first) {
      self = .work(Atrest.self)
    } else if first.hasPrefix("-") {
      throw Self.misplaced(first, words.dropFirst().lazy.compactMap(Self.known).first)
    } else {
      let (command, rest) = try Self.command(of: words[...])
      self = try Self.request(of: command, rest)
    }
  }

  private static let helpOptions = ["-h", "--help", "-help", "-?"]

  /// Whether ArgumentParser itself answers: a shell asks for its completions.
  private static func isForCompletion(_ word: String) -> Bool {
    ["--generate-completion-script", "---completion", "--experimental-dump-help"].contains { word.hasPrefix($0) }
  }

  /// The command that the first words name, and the words after these; the root where there are none. That of a group
  /// is the group itself where no word follows that could name one of its commands.
  private static func command(
    of words: ArraySlice<String>
  ) throws(WrongCall) -> (command: any DocumentedCommand.Type, rest: ArraySlice<String>) {
    guard let first = words.first else { return (Atrest.self, words) }
    let command = try command(named: first)
    let rest = words.dropFirst()
    guard let second = rest.first, !second.hasPrefix("-") else { return (command, rest) }
    if command == CaseCommand.self { return (try CaseCommand.command(named: second), rest.dropFirst()) }
    if command == PolicyCommand.self { return (try PolicyCommand.command(named: second), rest.dropFirst()) }
    return (command, rest)
  }

  /// What `command` is asked for by the words after it.
  private static func request(
    of command: any DocumentedCommand.Type, _ words: ArraySlice<String>
  ) throws(WrongCall) -> Request {
    let options = words.prefix { $0 != "--" }
    if options.contains(where: helpOptions.contains) { return .help(command) }
    // ArgumentParser would take the letters after one dash for options, one of them for -h, and print help.
    if let word = options.first(where: isClusterWithHelp) {
      throw WrongCall("unknown option '\(word)'\(WrongCall.hint(onNameLike: word))", command)
    }
    return .work(command)
  }

  private static func isClusterWithHelp(_ word: String) -> Bool {
    word.hasPrefix("-") && !word.hasPrefix("--") && word.count > 2 && word.prefix { $0 != "=" }.contains("h")
  }
}

extension Request {
  static let commands: [any DocumentedCommand.Type] = [
    VerifyCommand.self, InspectCommand.self, LintCommand.self, CaseCommand.self, DiffCommand.self, PolicyCommand.self,
    ExplainCommand.self, CompletionCommand.self, ManualCommand.self,
  ]

  private static var commandList: String {
    "the commands are " + commands.map { $0.name }.joined(separator: ", ")
  }

  private static func known(_ word: String) -> (any DocumentedCommand.Type)? { commands.first { $0.name == word } }

  private static func command(named word: String) throws(WrongCall) -> any DocumentedCommand.Type {
    if let command = known(word) { return command }
    guard !word.isEmpty else {
      throw WrongCall("a command is missing: is a variable unset that should hold it?", Atrest.self)
    }
    if let meant = Spelling.nearest(to: word, among: commands.map { $0.name } + ["--version", "--help"], limit: 1).first
    {
      throw WrongCall("no such command '\(word)'; did you mean '\(meant)'?", Atrest.self)
    }
    if FileManager.default.fileExists(atPath: word) {
      throw WrongCall(
        "no such command '\(word)', but there is a file of that name: did you mean 'atrest verify \(word)'?",
        Atrest.self)
    }
    throw WrongCall("no such command '\(word)'; \(commandList)", Atrest.self)
  }

  /// What is wrong with a call that begins with an option.
  private static func misplaced(_ option: String, _ command: (any DocumentedCommand.Type)?) -> WrongCall {
    if option == "-" {
      return WrongCall(
        "a command is missing before '-', which stands for standard input: did you mean 'atrest verify -'?", Atrest.self
      )
    }
    guard let command else {
      let meant = Spelling.nearest(to: option, among: ["--version", "--help"] + commands.map { $0.name }, limit: 1)
        .first
      return WrongCall(
        "unknown option '\(option)'; " + (meant.map { "did you mean '\($0)'?" } ?? commandList), Atrest.self)
    }
    return WrongCall(
      "unknown option '\(option)' before the command: options come after it, as in 'atrest \(command.name) \(option)'",
      command)
  }
}
