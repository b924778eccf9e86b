import RuleCatalog
import Testing

@Suite struct RuleDescriptionTests {
  @Test func identifiersAreUniqueAndSpoken() {
    let ids = RuleDescription.all.map(\.id)
    #expect(Set(ids).count == ids.count)
    #expect(ids.allSatisfy { id in id.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" } })
  }

  @Test(arguments: RuleDescription.all)
  func everythingIsSaid(rule: RuleDescription) {
    #expect(RuleDescription(id: rule.id) == rule)
    #expect(rule.title.first?.isLetter == true && !rule.title.hasSuffix("."))
    for text in [rule.meaning, rule.importance, rule.repair] {
      #expect(text.count > 20 && !text.contains("\n") && !text.contains("  ") && !text.hasSuffix(" "))
    }
    #expect(!rule.controls.isEmpty && Set(rule.controls).count == rule.controls.count)
    for control in rule.controls { #expect(!control.framework.isEmpty && !control.number.isEmpty) }
  }

  @Test func rulesOfASectionBeginWithTheWorst() {
    let values = RuleDescription.all.filter { !$0.id.hasPrefix("config-") }
    #expect(RuleDescription.all.first?.id == "plaintext-live")
    #expect(values.count < RuleDescription.all.count)
    let configurations = RuleDescription.all.filter { $0.id.hasPrefix("config-") }
    #expect(configurations.first?.id == "config-identity-first")
    #expect(configurations.map(\.severity) == configurations.map(\.severity).sorted(by: >))
  }

  @Test func requiredFrameworksAreThere() {
    let frameworks = Set(RuleDescription.all.flatMap(\.controls).map(\.framework))
    #expect(
      frameworks == ["CIS Kubernetes Benchmark", "DISA Kubernetes STIG", "NIST SP 800-53 Rev. 5", "PCI DSS v4.0.1"])
    let identityFirst = RuleDescription(id: "config-identity-first")
    #expect(identityFirst?.controls.contains { $0.number.hasPrefix("V-274882") && $0.isVerified } == true)
    #expect(identityFirst?.controls.contains { $0.number == "3.5.1" && !$0.isVerified } == true)
  }

  @Test(arguments: [
    ("plaintext-liv", "plaintext-live"), ("identity-first", "config-identity-first"),
    ("PLAINTEXT-LIVE", "plaintext-live"), ("config-kmsv1", "config-kms-v1"), ("hashmismatch", "hash-mismatch"),
  ])
  func wrongNameComesWithTheRightOne(written: String, meant: String) {
    #expect(RuleDescription.suggestions(for: written).first == meant)
  }

  @Test func whatIsLikeNothingComesWithNoName() {
    #expect(RuleDescription.suggestions(for: "") == [])
    #expect(RuleDescription.suggestions(for: String(repeating: "x", count: 10_000)) == [])
    #expect(RuleDescription.suggestions(for: "plaintext").count == 3)
  }
}
