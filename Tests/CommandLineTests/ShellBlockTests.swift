import Foundation
import Testing

/// The commands in the documentation can be typed as they stand.
@Suite("Shell commands in the documentation")
struct ShellBlockTests {
  /// A block of language `sh`, or a command in a sentence.
  struct Script: Sendable, CustomStringConvertible {
    let document: String
    let text: String

    var description: String { "\(document): \(text.split(separator: "\n").first ?? "")" }

    /// Whether `atrest` is called in it, by that name, as a program of a tarball, or as a plugin of kubectl.
    var callsProgram: Bool {
      text.contains(/atrest (?:verify|inspect|lint|explain|case|diff|policy|completion|manual|--version)\b/)
    }
  }

  static let blocks = Document.all.flatMap { document in
    document.blocks.filter { $0.language == "sh" }.map {
      Script(document: document.path, text: document.lines[$0.lines].joined(separator: "\n") + "\n")
    }
  }

  /// Commands between backticks, of which each word is one to be typed: `FILE` stands for another.
  static let commands = Document.all.flatMap { document in
    document.text.matches(of: /`((?:atrest|scripts\/[a-z-]+) [^`\n]*)`/).map { String($0.output.1) }
      .filter { !$0.contains(/\b[A-Z]{2,}\b/) && $0.contains(/[.0-9-]|^scripts/) }
      .map { Script(document: document.path, text: $0) }
  }

  @Test func `there are some`() {
    #expect(Set(Self.blocks.map(\.document)).count > 15)
    #expect(Self.commands.count > 10)
  }

  @Test(arguments: blocks)
  func `are valid, and name scripts that exist`(script: Script) async throws {
    #expect(try await Call.shell("sh -n -c \"$1\"", [script.text]).status == 0)
    for name in script.text.matches(of: /scripts\/[a-z-]+/) {
      let file = Program.repository.appending(path: String(name.output)).path(percentEncoded: false)
      #expect(FileManager.default.isExecutableFile(atPath: file), "\(name.output)")
    }
  }

  @Test(arguments: blocks)
  func `run, and call atrest rightly`(script: Script) async throws {
    try await expectToRun(script, at: ShellDesk())
  }

  @Test(arguments: commands)
  func `run in sentences too`(command: Script) async throws {
    let desk = try await ShellDesk()
    if command.text.hasPrefix("atrest case ") {
      let made = try await desk.run("atrest case init incident && atrest case add incident samples/series/backups")
      #expect(made.status == 0, "\(made.errors)")
    }
    try await expectToRun(command, at: desk)
  }

  private func expectToRun(_ script: Script, at desk: ShellDesk) async throws {
    let call = try await desk.run(script.text)
    #expect(![126, 127].contains(call.status), "\(call.errors)")
    for sentence in ["not found", "No such file", "jq: error", "wrong call", "install: unknown"] {
      #expect(!call.errors.contains(sentence), "\(call.errors)")
    }
    let calls = try desk.calls()
    #expect(calls.isEmpty == !script.callsProgram)
    for (status, arguments) in calls {
      #expect(["0", "1"].contains(status), "\(arguments) ended in \(status): \(call.errors)")
    }
    for words in try desk.scriptCalls() {
      let sources = try Self.sources(of: words[0])
      for word in words.dropFirst() where word.contains(/^(?:--)?[a-z][a-z-]+$/) {
        #expect(Self.spellings(of: word).contains { sources.contains($0) }, "scripts/\(words[0]) knows no \(word)")
      }
    }
  }

  /// How a word of a call may stand in the script that takes it: as it is, or as the name of a property.
  private static func spellings(of word: String) -> [String] {
    let parts = word.drop { $0 == "-" }.split(separator: "-")
    return [
      word, " " + (parts.prefix(1) + parts.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }).joined(),
    ]
  }

  /// The text of a script, and of what it passes its arguments to.
  private static func sources(of script: String) throws -> String {
    let folders = ["bench": "Benchmarks", "fuzz": "Tests/FuzzTargetsTests/Targets"]
    let root = Program.repository.path(percentEncoded: false)
    var paths = ["\(root)/scripts/\(script)"]
    if let folder = folders[script] {
      paths += (FileManager.default.enumerator(atPath: "\(root)/\(folder)")?.compactMap { $0 as? String } ?? [])
        .filter { $0.hasSuffix(".swift") && !$0.hasPrefix(".") }.map { "\(root)/\(folder)/\($0)" }
    }
    return try paths.map { try String(contentsOfFile: $0, encoding: .utf8) }.joined(separator: "\n")
  }
}
