import ArgumentParser

/// A command with a page of help.
protocol DocumentedCommand: ParsableCommand {
  /// What to type after `atrest` to call it; of the root, `atrest` itself.
  static var name: String { get }

  /// What the page says beside the usage and the options.
  static var manual: Manual { get }

  /// Makes sure that the options go together. Asked once every word was understood, so that a misspelt option is told
  /// first.
  func check() throws
}

/// The prose of a command's help. Lines are shown as they stand: at most 80 columns.
struct Manual: Sendable {
  /// What the command does, below the usage.
  let purpose: String
  /// Calls to copy, above the options; empty for none.
  let examples: String
  /// Further sections, below the options, each under a title of its own.
  let topics: String
}

extension DocumentedCommand {
  static var name: String { configuration.commandName ?? "" }

  /// What to type for the help of the command.
  static var helpCall: String { self == Atrest.self ? "atrest --help" : "atrest \(name) --help" }

  /// The page of help: usage, purpose, examples, options by group, further topics.
  static var help: String {
    let parts = [
      "USAGE: \(configuration.usage ?? "")", manual.purpose,
      manual.examples.isEmpty ? "" : "EXAMPLES:\n\(manual.examples)", options, manual.topics,
    ]
    return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  /// The groups of options and the commands, without the abstract and the usage that ArgumentParser puts before them.
  private static var options: String {
    let page = Atrest.helpMessage(for: Self.self, columns: 80)
    let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
    let usage = lines.firstIndex { $0.hasPrefix("USAGE: ") } ?? lines.startIndex
    let rest = lines[usage...].drop { !$0.isEmpty }.drop { $0.isEmpty }
    // The root's page ends with how to get those of the commands, which its purpose tells.
    let end = rest.firstIndex { $0.hasPrefix("  See '") } ?? rest.endIndex
    return RedactionOptions.asWritten(rest[..<end].joined(separator: "\n").trimmingSuffix("\n"))
  }
}

extension String {
  fileprivate func trimmingSuffix(_ character: Character) -> String {
    var text = self[...]
    while text.last == character { text.removeLast() }
    return String(text)
  }
}
