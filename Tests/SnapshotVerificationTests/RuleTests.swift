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

  /// A verification holds a file against values, and so may find what a look at the file finds.
  @Test func someRulesAreOfBoth() {
    let shared = Set(Rule.allCases.map(\.rawValue)).intersection(LintRule.allCases.map(\.rawValue))
    #expect(shared == ["config-identity-first", "config-not-running"])
  }
}
