import Foundation
import RuleCatalog
import Testing

/// What README.md, samples/README.md and the chapters show is what the program prints.
@Suite("The documentation")
struct DocumentationTests {
  static let examples = Document.all.flatMap(ConsoleExample.all).filter { !$0.isAboutCase }

  /// Whether the documents are to be rewritten rather than tested.
  static let isUpdating = ProcessInfo.processInfo.environment["ATREST_UPDATE_DOCUMENTATION"] != nil

  @Test func `has examples`() {
    for path in ["README.md", "samples/README.md", "\(Document.catalog)/GettingStarted.md"] {
      #expect(Self.examples.contains { $0.document == path }, "\(path)")
    }
    #expect(Document.chapters.count > 20)
  }

  @Test(.disabled(if: isUpdating, "the documents are being rewritten"), arguments: examples)
  func `shows what is printed`(example: ConsoleExample) async throws {
    let call = try await example.call()
    if let status = example.status { #expect(call.status == status.value) }
    let missing = example.output.missingPart(in: call.lines)
    #expect(missing == nil, "not printed so:\n\(missing?.joined(separator: "\n") ?? "")\n\nbut:\n\(call.output)")
  }

  @Test func `tells of every sample`() throws {
    let text = Document("samples/README.md").text
    for sample in Sample.all {
      #expect(text.contains("## \(sample.name)\n"), "\(sample)")
      #expect(
        Self.examples.contains { $0.command == "atrest verify --quiet samples/\(sample.name)/snapshot.db" }, "\(sample)"
      )
    }
  }

  /// The tables of the chapter on rules, by the heading above them.
  static let ruleTables = [
    "## Values": RuleDescription.aboutValues, "## Files": RuleDescription.aboutFiles,
    "## Configurations": RuleDescription.aboutConfigurations,
  ]

  @Test(.disabled(if: isUpdating, "the documents are being rewritten"), arguments: ruleTables)
  func `has every rule, with its severity and its words`(heading: String, rules: [RuleDescription]) throws {
    let document = Document("\(Document.catalog)/Rules.md")
    #expect(try document.ruleRows(below: heading).map { document.lines[$0] } == rules.map(Document.ruleRow))
  }

  @Test func `names tests and defects that there are, in the chapter on errata`() throws {
    let tests = Program.repository.appending(path: "Tests").path(percentEncoded: false)
    let files = FileManager.default.enumerator(atPath: tests)?.compactMap { $0 as? String } ?? []
    let text = Document("\(Document.catalog)/Errata.md").text
    let named = text.matches(of: /`(\w+Tests)\/([^`]+)`/)
    #expect(named.count > 40)
    for match in named {
      let (suite, name) = (match.output.1, match.output.2)
      let sources = try files.filter { $0.hasSuffix("/\(suite).swift") }
        .map { try String(contentsOfFile: "\(tests)/\($0)", encoding: .utf8) }
      #expect(sources.contains { $0.contains("func \(name)(") || $0.contains("func `\(name)`(") }, "\(match.output.0)")
    }
    let defects = text.matches(of: /`(Defects\/\w+)`/).map { $0.output.1 }
    #expect(!defects.isEmpty)
    for defect in defects { #expect(files.contains("SnapshotVerificationTests/\(defect).swift"), "\(defect)") }
  }

  @Test(.enabled(if: isUpdating, "ATREST_UPDATE_DOCUMENTATION is not set"))
  func `is rewritten with what the program prints`() async throws {
    for var document in Document.all {
      let examples = ConsoleExample.all(in: document)
      let cases = try await CaseDocumentationTests.calls(examples.filter(\.isAboutCase))
      for example in examples.reversed() {
        let call = if let call = cases[example.command] { call } else { try await example.call() }
        if let status = example.status { document.lines[status.line] = "\(call.status)" }
        document.lines.replaceSubrange(example.outputLines, with: example.output.renewed(from: call.lines))
      }
      if document.name == "Rules" {
        for (heading, rules) in Self.ruleTables {
          document.lines.replaceSubrange(try document.ruleRows(below: heading), with: rules.map(Document.ruleRow))
        }
      }
      try document.save()
    }
  }
}

extension Document {
  /// A row of a table of rules.
  fileprivate static func ruleRow(_ rule: RuleDescription) -> String {
    "| `\(rule.id)` | \(rule.severity.rawValue) | \(rule.title) |"
  }

  /// Where the rows of the table below `heading` stand, without its head.
  fileprivate func ruleRows(below heading: String) throws -> Range<Int> {
    let start = try #require(lines.firstIndex(of: heading))
    let head = try #require(lines[start...].firstIndex { $0.hasPrefix("|---") })
    return (head + 1)..<(lines[(head + 1)...].firstIndex { !$0.hasPrefix("|") } ?? lines.endIndex)
  }
}
