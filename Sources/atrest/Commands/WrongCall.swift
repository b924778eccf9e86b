import ArgumentParser
import Reporting
import RuleCatalog

/// A call that can't be understood: what is wrong, and where to read how it is done.
struct WrongCall: Error {
  private let message: String
  private let command: any DocumentedCommand.Type

  /// A call of `command` of which `message` says what is wrong.
  init(_ message: String, _ command: any DocumentedCommand.Type) {
    self.message = message
    self.command = command
  }

  /// The call of `command` that ended with `error`, one of ArgumentParser or of a command's own check.
  init(_ error: any Error, of command: any DocumentedCommand.Type) {
    self.init(Self.sentence(Atrest.message(for: error)), command)
  }

  /// The lines for standard error.
  var text: String { Self.line(message) + "Try '\(command.helpCall)'.\n" }

  /// The lines of `message` for standard error, in the one form that all of them have.
  static func line(_ message: String) -> String {
    message.split(separator: "\n").map { "atrest: \(PrintableText(String($0)))\n" }.joined()
  }

  /// What to do where a word that looks like an option is the name of a file.
  static func hint(onNameLike word: String) -> String {
    "; a file of that name is written './\(word)', or after '--'"
  }

  /// ArgumentParser's `message` as a clause, with a hint where an unknown option may be a file.
  private static func sentence(_ message: String) -> String {
    let first = message.prefix(1).lowercased() + message.dropFirst()
    let clause = message.dropFirst().first?.isLowercase == true ? first : message
    if let match = clause.prefixMatch(of: /unknown option '(-[^'-][^']*)'/) {
      return match.0 + hint(onNameLike: String(match.1))
    }
    if let match = clause.wholeMatch(of: /(unknown option '(.+)')\. Did you mean '(.+)'\?/) {
      // ArgumentParser also suggests what has hardly a letter in common with what was written.
      let isLikely = !Spelling.nearest(to: String(match.2), among: [String(match.3)], limit: 1).isEmpty
      return match.1 + (isLikely ? "; did you mean '\(match.3)'?" : "")
    }
    let plain = clause.replacing(". Please provide one of", with: "; write one of")
    return plain.hasSuffix(".") ? String(plain.dropLast()) : plain
  }
}
