import ArgumentParser
import Reporting
import RuleCatalog

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `atrest manual`: the manual pages.
struct ManualCommand: DocumentedCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual",
    abstract: "Print a manual page, or the names of all of them.",
    usage: "atrest manual [<options>] [<page>]")

  static let manual = Manual(
    purpose: """
      Prints the source of a manual page, in mdoc(7), which man(1) reads. Without a
      page, it lists the names of all of them: every command has one. scripts/install
      puts them where man(1) looks for them.
      """,
    examples: """
        atrest manual
        atrest manual atrest-verify | man -l -
        atrest manual atrest-verify > atrest-verify.1
      """,
    topics: """
      EXIT STATUS:
        0  the page, or the list, was printed
        2  there is no such page, or the call is wrong
        3  the page could not be written
      """)

  @Argument(
    help: "The page, such as atrest-verify.", completion: .list(documented.map { name(of: $0.words) }))
  var page: String?

  func check() throws {
    guard let page, Self.words(of: page) == nil else { return }
    guard !page.isEmpty else { throw ValidationError("the page has no name: is a variable unset that should hold it?") }
    let names = Self.documented.map { Self.name(of: $0.words) }
    // The words of a call name its page as well.
    let full = "atrest-" + page.split(whereSeparator: \.isWhitespace).joined(separator: "-")
    let meant = names.contains(full) ? full : Spelling.nearest(to: page, among: names, limit: 1).first
    throw ValidationError(
      "there is no page '\(PrintableText(page))'"
        + (meant.map { "; did you mean '\($0)'?" } ?? "; 'atrest manual' lists them"))
  }

  func run() throws {
    guard let page, let (words, command) = Self.words(of: page) else {
      StandardOutput.send(Self.documented.map { Self.name(of: $0.words) + "\n" }.joined())
      return
    }
    StandardOutput.send(try Self.page(of: command, words).source)
  }

  /// Every command, with the words that call it, each after the one that it is in.
  private static let documented = documented(below: Atrest.self, [Atrest.configuration.commandName ?? ""])

  private static func documented(
    below command: any DocumentedCommand.Type, _ words: [String]
  ) -> [(words: [String], command: any DocumentedCommand.Type)] {
    let inner = command.configuration.subcommands.compactMap { $0 as? any DocumentedCommand.Type }
    return [(words, command)]
      + inner.flatMap { documented(below: $0, words + [$0.configuration.commandName ?? ""]) }
  }

  private static func name(of words: [String]) -> String { words.joined(separator: "-") }

  private static func words(of page: String) -> (words: [String], command: any DocumentedCommand.Type)? {
    documented.first { name(of: $0.words) == page }
  }

  private static func page(of command: any DocumentedCommand.Type, _ words: [String]) throws -> ManualPage {
    let document = try JSONDecoder().decode(CommandOutline.Document.self, from: Data(Atrest._dumpHelp().utf8))
    var outline = document.command
    for word in words.dropFirst() {
      guard let inner = outline.subcommands?.first(where: { $0.commandName == word }) else { break }
      outline = inner
    }
    let manual = command.manual
    let hasColor = command == Atrest.self || (outline.arguments ?? []).contains { $0.names?.last?.name == "color" }
    return ManualPage(
      words: words, usage: command.configuration.usage ?? "", purpose: manual.purpose, examples: manual.examples,
      topics: manual.topics, outline: outline, environment: hasColor ? ColorChoice.environment : "",
      version: Atrest.version, date: Atrest.date)
  }
}
