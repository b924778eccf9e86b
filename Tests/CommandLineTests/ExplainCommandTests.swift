import RuleCatalog
import TestSupport
import Testing

@Suite("atrest explain")
struct ExplainCommandTests {
  @Test func `all rules`() async throws {
    let call = try await Call.atrest("explain")
    #expect(call.status == 0)
    #expect(call.errors == "")
    for rule in RuleDescription.all { #expect(call.lines.contains { $0.hasSuffix("  \(rule.id)") }, "\(rule.id)") }
    let document = try await Call.atrest("explain", "--format", "json").json()
    #expect(try JSONSchema.explanation().violations(in: document) == [])
    #expect(document["rules"]?.elements?.compactMap { $0["rule"]?.string } == RuleDescription.all.map(\.id))
  }

  @Test func `one rule`() async throws {
    let call = try await Call.atrest("explain", "plaintext-live")
    #expect(call.status == 0)
    #expect(call.lines.first == "CRITICAL  plaintext-live  raised by verify")
    #expect(call.sentences.contains("DISA Kubernetes STIG V-274882 (CNTR-K8-001162, CAT I)"))
    let document = try await Call.atrest("explain", "--format", "json", "config-identity-first").json()
    #expect(try JSONSchema.explanation().violations(in: document) == [])
    #expect(document["rules"]?.elements?.count == 1)
    #expect(document["rules"]?[0]?["commands"] == .array([.string("verify"), .string("lint")]))
  }

  @Test(arguments: [
    ("plaintext-liv", "there is no rule 'plaintext-liv'; did you mean 'plaintext-live'?"),
    ("zebra", "there is no rule 'zebra'; 'atrest explain' lists them"),
    ("\u{1B}[31m", "there is no rule '%1B[31m'; 'atrest explain' lists them"),
  ])
  func `an unknown rule ends in 2, with suggestions`(rule: String, sentence: String) async throws {
    let call = try await Call.atrest("explain", rule)
    #expect(call.status == 2)
    #expect(call.output == "")
    #expect(call.errors == "atrest: \(sentence)\nTry 'atrest explain --help'.\n")
  }

  @Test func `help`() async throws {
    let call = try await Call.atrest("explain", "--help")
    #expect(call.status == 0)
    #expect(call.output.hasPrefix("USAGE: atrest explain [<options>] [<rule>]\n"))
    #expect(call.output.contains("  2  there is no such rule, or the call is wrong\n"))
    #expect(call.lines.allSatisfy { $0.count <= 80 })
  }
}
