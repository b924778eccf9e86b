import Foundation
import Testing

/// The examples with a case stand in an order: each works with what those before it in its document have left.
@Suite("Cases in the documentation")
struct CaseDocumentationTests {
  static let documents = Document.all.filter { document in
    ConsoleExample.all(in: document).contains(where: \.isAboutCase)
  }

  @Test func `there are some`() {
    #expect(Self.documents.map(\.name).contains("README") && Self.documents.map(\.name).contains("Cases"))
  }

  @Test(.disabled(if: DocumentationTests.isUpdating, "the documents are being rewritten"), arguments: documents)
  func `show what is printed`(document: Document) async throws {
    let examples = ConsoleExample.all(in: document).filter(\.isAboutCase)
    let calls = try await Self.calls(examples)
    for example in examples {
      let call = try #require(calls[example.command])
      if let status = example.status { #expect(call.status == status.value, "\(example)") }
      let missing = example.output.missingPart(in: call.lines)
      #expect(
        missing == nil, "\(example): not printed so:\n\(missing?.joined(separator: "\n") ?? "")\n\nbut:\n\(call.output)"
      )
    }
  }

  /// What `examples` print, one after the other in a directory of their own, by their commands, of which no two are alike.
  static func calls(_ examples: [ConsoleExample]) async throws -> [String: Call] {
    let scratch = try Scratch()
    try FileManager.default.createSymbolicLink(
      at: scratch.directory.appending(path: "samples"), withDestinationURL: Sample.directory)
    var calls: [String: Call] = [:]
    for example in examples { calls[example.command] = try await example.call(in: scratch.directory) }
    return calls
  }
}
