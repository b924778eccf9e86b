import Foundation
import RuleCatalog
import Testing

/// What README.md and samples/README.md show is what the program prints.
@Suite("The documentation")
struct DocumentationTests {
  /// A command of a document, and the lines that stand below it.
  struct Example: Sendable, CustomStringConvertible {
    let document: String
    /// What follows `$ `.
    let command: String
    /// The lines printed; one that is `[…]` stands for any number of lines.
    let output: [String]
    /// What `echo $?` prints after it, where the document shows that.
    let status: Int32?

    var description: String { "\(document): \(command)" }
  }

  static let documents = ["README.md", "samples/README.md"]

  /// Every call of `atrest` in a fenced block of language `console`.
  static let examples: [Example] = documents.flatMap { document in
    let file = Program.repository.appending(path: document)
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [Example]() }
    return blocks(of: text).flatMap { examples(in: $0, document) }
  }

  private static func blocks(of text: String) -> [[String]] {
    var blocks: [[String]] = []
    var isInside = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line == "```console" {
        blocks.append([])
        isInside = true
      } else if line == "```" {
        isInside = false
      } else if isInside {
        blocks[blocks.count - 1].append(line)
      }
    }
    return blocks
  }

  private static func examples(in block: [String], _ document: String) -> [Example] {
    let starts = block.indices.filter { block[$0].hasPrefix("$ ") }
    let calls = zip(starts, starts.dropFirst() + [block.count]).map { start, end in
      (command: String(block[start].dropFirst(2)), output: Array(block[start + 1..<end]))
    }
    return calls.enumerated().filter { $0.element.command.hasPrefix("atrest ") }.map { index, call in
      let next = index + 1 < calls.count ? calls[index + 1] : nil
      let status = next?.command == "echo $?" ? next?.output.first.flatMap { Int32($0) } : nil
      return Example(document: document, command: call.command, output: call.output, status: status)
    }
  }

  @Test(arguments: documents)
  func `has examples`(document: String) {
    #expect(Self.examples.contains { $0.document == document })
  }

  @Test(arguments: examples)
  func `shows what is printed`(example: Example) async throws {
    let call = try await Call.atrest(
      example.command.split(separator: " ").dropFirst().map { $0.trimmingCharacters(in: ["'"]) }, in: Program.repository
    )
    if let status = example.status { #expect(call.status == status) }
    var rest = call.lines[...]
    for (index, part) in example.output.split(separator: "[…]", omittingEmptySubsequences: false).enumerated() {
      let start = index == 0 ? rest.startIndex : rest.firstRange(of: part)?.lowerBound
      #expect(start.map { rest[$0...].starts(with: part) } == true, "not printed so: \(part.joined(separator: "\n"))")
      rest = rest.dropFirst((start ?? rest.startIndex) - rest.startIndex + part.count)
    }
    if example.output.last != "[…]" { #expect(rest.isEmpty) }
  }

  @Test func `tells of every sample`() throws {
    let file = Program.repository.appending(path: "samples/README.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    for sample in Sample.all {
      #expect(text.contains("## \(sample.name)\n"), "\(sample)")
      #expect(
        Self.examples.contains { $0.command == "atrest verify --quiet samples/\(sample.name)/snapshot.db" }, "\(sample)"
      )
    }
  }

  /// The rows of README.md's table of rules: identifier, severity, and what the rule says.
  @Test func `says of each rule what the program says`() throws {
    let text = try String(contentsOf: Program.repository.appending(path: "README.md"), encoding: .utf8)
    let rows = text.matches(of: /\| `([a-z-]+)` \| ([a-z]+) \| (.+) \|\n/)
    #expect(rows.count > 10 && Set(rows.map(\.output.1)).count == rows.count)
    for row in rows {
      let rule = RuleDescription(id: String(row.output.1))
      #expect(rule?.severity.rawValue == String(row.output.2), "\(row.output.1)")
      #expect(rule?.title == String(row.output.3), "\(row.output.1)")
    }
  }
}
