/// The manual page of a command.
struct ManualPage {
  /// The words that call the command: `atrest`, `case`, `add`.
  let words: [String]
  /// What is typed for a call: words, and values in angle brackets.
  let usage: String
  /// What the command does.
  let purpose: String
  /// Calls to copy.
  let examples: String
  /// Sections under titles in capitals that end with a colon.
  let topics: String
  /// Its options.
  let outline: CommandOutline
  /// The variables that it reads, as lines of a name and what it does.
  let environment: String
  /// The version of the program.
  let version: String
  /// The day of that version, such as `November 30, 2026`.
  let date: String

  /// What man(1) knows it by.
  var name: String { words.joined(separator: "-") }

  /// The source of the page, in mdoc(7).
  var source: String {
    var page = MdocPage()
    page.macro("Dd", date)
    page.macro("Dt", name.uppercased(), "1")
    page.macro("Os", words[0], version)
    page.macro("Sh", "NAME")
    page.macro("Nm", name)
    page.macro("Nd", MdocPage.argument(summary))
    page.macro("Sh", "SYNOPSIS")
    writeUsage(to: &page)
    page.macro("Sh", "DESCRIPTION")
    page.blocks(purpose)
    writeCommands(to: &page)
    writeOptions(to: &page)
    for (title, text) in sections where title != Self.exitStatus { write(title, text, to: &page) }
    if !environment.isEmpty { write("ENVIRONMENT", environment, to: &page) }
    for (title, text) in sections where title == Self.exitStatus { write(title, text, to: &page) }
    if !examples.isEmpty {
      page.macro("Sh", "EXAMPLES")
      page.literal(examples.split(separator: "\n").map { String($0.drop { $0 == " " }) })
    }
    writeReferences(to: &page)
    return page.source
  }

  private static let exitStatus = "EXIT STATUS"

  /// What the command does, in a line that does not end like a sentence.
  private var summary: String {
    var summary = outline.abstract ?? ""
    if summary.hasSuffix(".") { summary.removeLast() }
    return summary
  }

  private func write(_ title: String, _ text: String, to page: inout MdocPage) {
    page.macro("Sh", MdocPage.argument(title))
    page.blocks(text)
  }

  /// The sections of the topics.
  private var sections: [(title: String, text: String)] {
    var sections: [(title: String, text: String)] = []
    for line in topics.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasSuffix(":"), line.first?.isUppercase == true, line == line.uppercased() {
        sections.append((String(line.dropLast()), ""))
      } else if sections.isEmpty {
        if !line.isEmpty { sections.append(("NOTES", String(line))) }
      } else {
        sections[sections.count - 1].text += line.hasPrefix("  ") ? "\(line.dropFirst(2))\n" : "\(line)\n"
      }
    }
    return sections
  }

  private func writeUsage(to page: inout MdocPage) {
    page.macro("Nm", words[0])
    if words.count > 1 { page.macro("Cm", MdocPage.argument(words.dropFirst().joined(separator: " "))) }
    let values = usage.split(separator: " ").dropFirst(words.count)
    for (index, value) in zip(values.indices, values) where value != "..." {
      let isOptional = value.hasPrefix("[")
      let isRepeated = values.dropFirst(index - values.startIndex + 1).first == "..."
      let plain = value.filter { !"[]<>".contains($0) }
      page.line(
        (isOptional ? ".Op Ar " : ".Ar ") + MdocPage.argument(plain) + (isRepeated ? " ..." : ""))
    }
  }

  /// The commands in this one, each with its page.
  private var commands: [CommandOutline] { (outline.subcommands ?? []).filter { $0.commandName != "help" } }

  private func writeCommands(to page: inout MdocPage) {
    guard !commands.isEmpty else { return }
    page.macro("Sh", "COMMANDS")
    page.macro("Bl", "-tag", "-width", "Ds")
    for command in commands {
      page.macro("It", "Cm", MdocPage.argument(command.commandName))
      page.prose(command.abstract ?? "")
      page.line("See")
      page.macro("Xr", "\(name)-\(command.commandName)", "1", ".")
    }
    page.macro("El")
  }

  private func writeOptions(to page: inout MdocPage) {
    page.macro("Sh", "OPTIONS")
    let groups = outline.groups
    for (title, options) in groups {
      if groups.count > 1 { page.macro("Ss", MdocPage.argument(title ?? "General")) }
      page.macro("Bl", "-tag", "-width", "Ds")
      for option in options {
        page.line(".It " + Self.head(of: option))
        page.prose(option.description)
      }
      page.macro("El")
    }
  }

  /// How `option` is written in a call.
  private static func head(of option: OptionOutline) -> String {
    let value = option.valueName.map { "Ar \(MdocPage.argument($0))" } ?? ""
    guard option.kind != .positional else { return value + (option.isRepeating ? " ..." : "") }
    let names = option.sortedNames.map { "Fl \(MdocPage.escaped($0.afterDash))" }.joined(separator: " , ")
    return option.kind == .flag ? names : "\(names) \(value)"
  }

  private func writeReferences(to page: inout MdocPage) {
    let above = words.count > 1 ? [words.dropLast().joined(separator: "-")] : []
    let names = (above + commands.map { "\(name)-\($0.commandName)" }).sorted()
    guard let last = names.last else { return }
    page.macro("Sh", "SEE ALSO")
    for name in names.dropLast() { page.macro("Xr", name, "1", ",") }
    page.macro("Xr", last, "1")
  }
}
