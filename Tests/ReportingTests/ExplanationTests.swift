import RuleCatalog
import TestSupport
import Testing

@testable import Reporting

@Suite("Explanations of rules")
struct ExplanationTests {
  @Test func `one rule`() throws {
    let rule = try #require(RuleDescription(id: "config-not-running"))
    let text = ExplanationText().render(rule)
    #expect(
      text.hasPrefix(
        """
        MEDIUM  config-not-running  raised by verify and lint
          the newest values were not written with the file's first key.

        Meaning   The API servers run with another file, or have not loaded this one
                  since it was changed.

        Danger    What was checked in the file is not what protects the data.

        """))
    #expect(text.contains("\nControls  CIS Kubernetes Benchmark 1.1.34 in v1.1"))
    #expect(text.contains("NIST SP 800-53 Rev. 5 SC-12*: "))
    #expect(text.hasSuffix("          * not checked against the text: do so before you quote the number\n"))
  }

  @Test(arguments: RuleDescription.all)
  func `of every rule everything is shown, within 80 columns`(rule: RuleDescription) {
    let text = ExplanationText().render(rule)
    let sentences = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for part in [rule.title, rule.meaning, rule.importance, rule.repair] { #expect(sentences.contains(part)) }
    for control in rule.controls { #expect(sentences.contains(control.title) && sentences.contains(control.number)) }
    #expect(text.split(separator: "\n").filter { String($0).columns > Style.defaultWidth } == [])
    #expect(!rule.commands.isEmpty)
    #expect(text.contains("* not checked") == rule.controls.contains { !$0.isVerified })
  }

  @Test func `all rules`() {
    let text = ExplanationText().render(RuleDescription.all)
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines.first == "critical  plaintext-live")
    for rule in RuleDescription.all { #expect(lines.contains { $0.hasSuffix("  \(rule.id)") }) }
    #expect(lines.filter { $0.columns > Style.defaultWidth } == [])
  }

  @Test func `every document is as the schema says, with no member more`() throws {
    let schema = try JSONSchema.explanation()
    for rules in [RuleDescription.all, [RuleDescription.all[0]]] {
      let document = try JSONValue(parsing: ExplanationJSON.render(rules, invocation: Sample.invocation))
      #expect(schema.violations(in: document) == [])
      #expect(document["rules"]?.elements?.count == rules.count)
    }
  }

  @Test func `color marks the severity`() {
    #expect(ExplanationText(color: true).render(RuleDescription.all[0]).hasPrefix("\u{1B}[1;31mCRITICAL\u{1B}[0m"))
  }
}
