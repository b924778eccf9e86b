import Foundation
import TestSupport
import Testing
import Yams

/// Configurations that well-known checkers pass, and that encrypt no Secret. What the checkers look at is told here in
/// the terms of this test: a provider that encrypts, in whatever place of the file.
@Suite("Configurations that other checkers pass")
struct OtherCheckerTests {
  /// What the checkers take for encryption.
  private static let providers: Set<String> = ["aescbc", "kms", "secretbox"]

  /// A checker of the benchmark's rule "Ensure that encryption providers are appropriately configured".
  enum Checker: CaseIterable {
    /// The line below the last one that has the word `providers:` names such a provider.
    case kubeBench
    /// Some provider of some entry is one of them.
    case kics
    /// Every entry has one of them among its providers.
    case kubescape

    func passes(_ text: String) throws -> Bool {
      if self == .kubeBench {
        let lines = text.split(separator: "\n").map(String.init)
        guard let last = lines.lastIndex(where: { $0.contains("providers:") }) else { return false }
        let words = lines[min(last + 1, lines.count - 1)].split { !$0.isLetter || !$0.isASCII }.map(String.init)
        return !words.isEmpty && OtherCheckerTests.providers.isSuperset(of: words)
      }
      let document = try #require(try Yams.load(yaml: text) as? [String: Any])
      let entries = try #require(document["resources"] as? [[String: Any]])
      let encrypts = try entries.map { entry in
        let listed = try #require(entry["providers"] as? [[String: Any]])
        return listed.contains { !OtherCheckerTests.providers.isDisjoint(with: $0.keys) }
      }
      return self == .kics ? encrypts.contains(true) : !encrypts.contains(false)
    }
  }

  private static let directory = "samples/configurations"

  /// Each file, and the rule that `lint` raises first.
  private static let files = [
    ("identity-first.yaml", "config-identity-first"), ("secrets-left-out.yaml", "config-not-covered"),
  ]

  private static func text(_ name: String) throws -> String {
    try String(contentsOf: Program.repository.appending(path: "\(directory)/\(name)"), encoding: .utf8)
  }

  @Test func `all of them are told of here`() throws {
    let path = Program.repository.appending(path: Self.directory).path(percentEncoded: false)
    #expect(try FileManager.default.contentsOfDirectory(atPath: path).sorted() == Self.files.map(\.0))
  }

  @Test(arguments: files, Checker.allCases)
  func `the checkers pass them`(file: (String, String), checker: Checker) throws {
    #expect(try checker.passes(Self.text(file.0)))
  }

  @Test(arguments: Checker.allCases)
  func `the checkers fail what has no encrypting provider`(checker: Checker) throws {
    let text = "resources:\n- resources:\n  - secrets\n  providers:\n  - identity: {}\n"
    #expect(try !checker.passes(text))
  }

  @Test(arguments: files)
  func `lint fails them, and says why`(file: (String, String)) async throws {
    let path = "\(Self.directory)/\(file.0)"
    let call = try await Call.atrest(
      ["lint", "--ignore-file-mode", "--format", "json", path], in: Program.repository)
    #expect(call.status == 1)
    let document = try call.json()
    #expect(document["findings"]?[0]?["rule"] == .string(file.1))
    #expect(document["findings"]?[0]?["severity"] == .string("critical"))
  }
}
