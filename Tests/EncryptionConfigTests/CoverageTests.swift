import EncryptionConfig
import KubernetesStorage
import Testing

@Suite struct CoverageTests {
  private static let text = EncryptionConfiguration.text(
    entries: "{resources: [secrets], providers: [\(SampleKey.aescbc("s")), identity: {}]}",
    "{resources: [events], providers: [identity: {}, \(SampleKey.aescbc("s"))]}",
    "{resources: ['*.apps'], providers: [\(SampleKey.secretbox("apps", SampleKey.b))]}",
    "{resources: ['*.acme.io'], providers: [\(SampleKey.kms)]}")

  @Test func resourcesAreTakenApart() throws {
    let coverage = try EncryptionConfiguration(Self.text).coverage(
      of: [.resource(.secrets), .resource(GroupResource("events")), .resource(GroupResource("configmaps"))])
    #expect(coverage.encrypted == ["secrets"])
    #expect(coverage.exempt == ["events"])
    #expect(coverage.uncovered == ["configmaps"])
    #expect(coverage.writers == [KeyReference(provider: .aescbc, name: "s")])
    #expect(coverage.count == 3 && !coverage.isComplete)
  }

  @Test func wildcardsStandForWhatIsBuiltInAndForTheRest() throws {
    let configuration = try EncryptionConfiguration(Self.text)
    let apps = configuration.coverage(of: [.group("apps")])
    #expect(apps.isComplete && apps.encrypted.contains("deployments.apps") && !apps.encrypted.contains("*.apps"))
    #expect(configuration.coverage(of: [.group("acme.io")]).encrypted == ["*.acme.io"])
    #expect(configuration.coverage(of: [.group("acme.com")]).uncovered == ["*.acme.com"])
    let all = configuration.coverage(of: [.all])
    #expect(all.encrypted.contains("secrets") && all.exempt == ["events"])
    #expect(all.uncovered.contains("configmaps") && all.uncovered.last == "custom resources")
  }

  @Test func whatAReleaseDoesNotActUponIsNotCovered() throws {
    let configuration = try EncryptionConfiguration(Self.text).understood(by: KubernetesVersion(1, 25))
    #expect(configuration.coverage(of: [.group("apps")]).encrypted.isEmpty)
    #expect(configuration.coverage(of: [.resource(.secrets)]).isComplete)
    #expect(configuration.lint().contains { $0.rule == .ineffectiveEntry })
    #expect(configuration.resolution(of: GroupResource("widgets", group: "acme.io")).pattern == nil)
  }
}
