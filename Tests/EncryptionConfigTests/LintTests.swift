import EncryptionConfig
import Testing

@Suite struct LintTests {
  @Test(arguments: LintedFile.all)
  func ruleIsRaisedWithItsPlace(file: LintedFile) throws {
    let findings = try file.raising.findings()
    let raised = findings.filter { $0.rule == file.rule }
    #expect(raised.count == 1, "\(findings)")
    #expect(raised.first?.place == ConfigurationPlace(line: file.line, path: file.path), "\(findings)")
    #expect(raised.first?.severity == file.rule.severity)
    #expect(raised.first?.message.isEmpty == false && raised.first?.remedy.isEmpty == false)
  }

  @Test(arguments: LintedFile.all)
  func ruleIsSilentWithoutTheFlaw(file: LintedFile) throws {
    let findings = try file.silent.findings()
    #expect(!findings.contains { $0.rule == file.rule }, "\(findings)")
  }

  @Test func everyRuleHasAFile() {
    #expect(Set(LintedFile.all.map(\.rule)) == Set(LintRule.allCases))
  }

  @Test(arguments: LintedFile.all)
  func rulesThatNeedASnapshotAreRaisedWithOneOnly(file: LintedFile) throws {
    if file.rule.needsSnapshot { #expect(file.raising.facts != nil) }
    for finding in try file.raising.findings() where finding.rule.needsSnapshot { #expect(file.raising.facts != nil) }
  }

  @Test func soundFileHasNoFindings() throws {
    let configuration = try EncryptionConfiguration(resources: "'*.*'", providers: SampleKey.kms)
    #expect(configuration.lint(LintOptions(required: [.all], requiresFIPS: true, isReadableByOthers: true)) == [])
    #expect(configuration.lint(against: SnapshotFacts(customResources: [])) == [])
  }

  @Test func worstFindingsComeFirst() throws {
    let findings = try EncryptionConfiguration(
      resources: "secrets, secret", providers: "\(SampleKey.identity), \(SampleKey.aescbc("a:b", SampleKey.short))"
    ).lint()
    #expect(findings.first?.rule == .identityFirst)
    #expect(findings.map(\.severity) == findings.map(\.severity).sorted(by: >))
    #expect(findings.map(\.rule) == [.identityFirst, .unknownResource, .ambiguousKeyName, .shortKey])
  }

  @Test func identityBeforeAnEncryptingProviderComesBeforeAllElse() throws {
    let configuration = try EncryptionConfiguration(
      EncryptionConfiguration.text(
        entries: "{resources: [configmaps], providers: [\(SampleKey.aescbc("a", "c2VjcmV0IGlzIHNlY3VyZQ=="))]}",
        "{resources: [secrets], providers: [\(SampleKey.identity), \(SampleKey.aescbc("b"))]}"))
    #expect(configuration.lint().prefix(2).map(\.rule) == [.identityFirst, .publishedKey])
  }

  @Test func identifiersAreSpokenNames() {
    for rule in LintRule.allCases {
      #expect(rule.rawValue.hasPrefix("config-"))
      #expect(rule.rawValue.allSatisfy { $0.isLowercase || $0 == "-" || $0.isNumber })
      #expect(rule.details.id == rule.rawValue)
    }
  }

  @Test func wrongNameComesWithTheRightOne() throws {
    let findings = try EncryptionConfiguration(resources: "secret", providers: SampleKey.kms).lint()
    #expect(findings.first { $0.rule == .unknownResource }?.remedy == "Write 'secrets'.")
  }
}
