import EncryptionConfig
import RuleCatalog
import Testing
import VerificationModel

@Suite struct RuleTests {
  @Test func everyRuleIsDescribedAndEveryDescriptionIsOfARule() {
    for rule in Rule.allCases { #expect(rule.details.id == rule.rawValue) }
    let ids = Rule.allCases.map(\.rawValue) + LintRule.allCases.map(\.rawValue)
    #expect(Set(ids) == Set(RuleDescription.all.map(\.id)))
  }

  /// What the newest values tell of the running file, a verification may find as well as a look at the file.
  @Test func oneRuleIsOfBoth() {
    let shared = Set(Rule.allCases.map(\.rawValue)).intersection(LintRule.allCases.map(\.rawValue))
    #expect(shared == ["config-not-running"])
  }
}
