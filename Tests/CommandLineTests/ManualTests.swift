import Foundation
import Testing

/// Every command has a manual page, and it says what the help says.
@Suite("Manual pages")
struct ManualTests {
  /// The names of all pages.
  static func pages() async throws -> [String] { try await Call.atrest("manual").lines }

  /// The words that call the command of `page`.
  private static func words(of page: String) -> [String] { page.split(separator: "-").dropFirst().map(String.init) }

  @Test func `every command has one`() async throws {
    let pages = try await Self.pages()
    #expect(pages.first == "atrest")
    #expect(pages.count == Set(pages).count)
    for group in [[], ["case"]] {
      let help = try await Call.atrest(group + ["--help"]).lines
      let start = try #require(help.firstIndex { $0.hasPrefix("SUBCOMMANDS:") || $0.hasPrefix("COMMANDS:") })
      let commands = help[(start + 1)...].prefix { !$0.isEmpty }.compactMap { $0.firstMatch(of: /^  ([a-z]+) .*/)?.1 }
      #expect(commands.count > 5)
      for command in commands {
        #expect(pages.contains((["atrest"] + group + [String(command)]).joined(separator: "-")), "\(command)")
      }
    }
  }

  @Test(.needs(.mandoc)) func `mandoc has nothing to say about them, and shows all that the help has`() async throws {
    let scratch = try Scratch()
    let pages = try await Self.pages()
    for page in pages { try scratch.file("man1/\(page).1", Data(try await Call.atrest("manual", page).output.utf8)) }
    // Pages that refer to each other are looked for where they are.
    let lint = try await Call.shell("cd \"$1/man1\" && MANPATH=$1 mandoc -T lint -W style *.1", [scratch.path])
    // It takes every title that is a letter or two away from a usual one for a slip: TIMES for FILES.
    #expect(lint.lines.filter { !$0.contains("possible typo in section name") } == [])
    for page in pages {
      let shown = try await Call.shell("cd \"$1/man1\" && mandoc -T ascii \"$2.1\" | col -b", [scratch.path, page])
      let help = try await Call.atrest(Self.words(of: page) + ["--help"])
      let text = shown.sentences
      for section in ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXIT STATUS", "EXAMPLES"] {
        #expect(shown.lines.contains(section), "\(page): \(section)")
      }
      for option in help.output.matches(of: /\n  (?:-[a-z], )?(--[a-z-]+)/).map(\.output.1) {
        #expect(text.contains(option), "\(page): \(option)")
      }
      // What follows the usage is the purpose: all of its words, in their order.
      let purpose = help.output.split(separator: "\n\n")[1].split(whereSeparator: \.isWhitespace)
      #expect(text.contains(purpose.joined(separator: " ")), "\(page)")
    }
  }

  @Test(.needs(.man)) func `man shows them without a warning`() async throws {
    let scratch = try Scratch()
    for page in try await Self.pages() {
      try scratch.file("\(page).1", Data(try await Call.atrest("manual", page).output.utf8))
    }
    // As Debian's checker of packages calls it.
    let call = try await Call.shell(
      """
      cd "$1" && for page in *.1; do
        LC_ALL=C.UTF-8 MANROFFSEQ= MANWIDTH=80 man --warnings -E UTF-8 -l -Tutf8 -Z "$page" > /dev/null || exit 1
      done
      """, [scratch.path])
    #expect(call.status == 0)
    #expect(call.errors == "")
  }

  @Test(arguments: [
    ("verify", "there is no page 'verify'; did you mean 'atrest-verify'?"),
    ("case add", "there is no page 'case add'; did you mean 'atrest-case-add'?"),
    ("atrest-verfy", "there is no page 'atrest-verfy'; did you mean 'atrest-verify'?"),
    ("zebra", "there is no page 'zebra'; 'atrest manual' lists them"),
    ("", "the page has no name: is a variable unset that should hold it?"),
    ("\u{1B}[31m", "there is no page '%1B[31m'; 'atrest manual' lists them"),
  ])
  func `an unknown page is a wrong call`(page: String, sentence: String) async throws {
    let call = try await Call.atrest("manual", page)
    #expect(call.status == 2)
    #expect(call.output == "")
    #expect(call.errors == "atrest: \(sentence)\nTry 'atrest manual --help'.\n")
  }

  @Test func `tell of color only where there is some`() async throws {
    for page in ["atrest", "atrest-verify", "atrest-case-list"] {
      let source = try await Call.atrest("manual", page).output
      #expect(source.contains("NO_COLOR") && source.contains("CLICOLOR_FORCE"))
    }
    #expect(try await !Call.atrest("manual", "atrest-completion").output.contains("NO_COLOR"))
  }
}
