import EncryptionConfig
import KubernetesStorage
import Testing

@Suite struct ResolutionTests {
  private static let secrets = GroupResource("secrets")
  private static let deployments = GroupResource("deployments", group: "apps")
  private static let widgets = GroupResource("widgets", group: "lab.example.com")

  private static let wide = EncryptionConfiguration.text(
    entries: "{resources: [secrets], providers: [\(SampleKey.aescbc("s")), identity: {}]}",
    "{resources: [deployments.apps], providers: [identity: {}]}",
    "{resources: ['*.apps'], providers: [\(SampleKey.secretbox("apps"))]}",
    "{resources: ['*.'], providers: [\(SampleKey.aesgcm("core"))]}",
    "{resources: ['*.*'], providers: [\(SampleKey.kms), identity: {}]}")

  @Test(
    arguments: [
      (secrets, "secrets", KeyReference(provider: .aescbc, name: "s"), true),
      (deployments, "deployments.apps", nil, true),
      (GroupResource("daemonsets", group: "apps"), "*.apps", KeyReference(provider: .secretbox, name: "apps"), false),
      (GroupResource("configmaps"), "*.", KeyReference(provider: .aesgcm, name: "core"), false),
      (widgets, "*.*", KeyReference(provider: .kmsv2, name: "vault"), true),
    ] as [(GroupResource, String, KeyReference?, Bool)])
  func exactNamesGoBeforeGroupsAndThoseBeforeAll(
    resource: GroupResource, pattern: String, key: KeyReference?, readsPlaintext: Bool
  ) throws {
    let resolution = try EncryptionConfiguration(Self.wide).resolution(of: resource)
    #expect(resolution.pattern?.description == pattern)
    #expect(resolution.writeKey == key)
    #expect(resolution.readsPlaintext == readsPlaintext)
    if let key { #expect(resolution.canRead(key)) }
  }

  @Test func resourceThatIsNotNamedStaysInTheClear() throws {
    let configuration = try EncryptionConfiguration(resources: "secrets", providers: SampleKey.aescbc())
    let resolution = configuration.resolution(of: Self.widgets)
    #expect(resolution.pattern == nil && resolution.writer == nil && resolution.transformers.isEmpty)
    #expect(resolution.writeKey == nil && resolution.readsPlaintext && !resolution.isEncrypting)
  }

  @Test func providersOfSeveralEntriesAreReadOneBehindTheOther() throws {
    let configuration = try EncryptionConfiguration(
      EncryptionConfiguration.text(
        entries: "{resources: [secrets], providers: [\(SampleKey.aescbc("a"))]}",
        "{resources: [configmaps, secrets.], providers: [\(SampleKey.secretbox("b")), identity: {}]}"))
    let resolution = configuration.resolution(of: Self.secrets)
    #expect(resolution.writeKey?.name == "a")
    #expect(resolution.transformers.map { $0.key?.name } == ["a", "b", nil])
    #expect(configuration.resolution(of: GroupResource("configmaps")).writeKey?.name == "b")
  }

  @Test func keysOfOneNameAreAllTried() throws {
    let configuration = try EncryptionConfiguration(
      resources: "secrets",
      providers: "\(SampleKey.aescbc("k", SampleKey.a)), \(SampleKey.identity), \(SampleKey.aescbc("k", SampleKey.b))")
    let readers = configuration.resolution(of: Self.secrets).readers(of: KeyReference(provider: .aescbc, name: "k"))
    #expect(
      readers.map(\.place.path) == [
        "resources[0].providers[0].aescbc.keys[0]", "resources[0].providers[2].aescbc.keys[0]",
      ])
    #expect(!configuration.resolution(of: Self.secrets).canRead(KeyReference(provider: .aesgcm, name: "k")))
  }

  @Test func identityFirstWritesPlaintextAndReadsBoth() throws {
    let configuration = try EncryptionConfiguration(
      resources: "secrets", providers: "\(SampleKey.identity), \(SampleKey.aescbc())")
    let resolution = configuration.resolution(of: Self.secrets)
    #expect(resolution.writer != nil && resolution.writeKey == nil)
    #expect(resolution.readsPlaintext && resolution.isEncrypting)
    #expect(configuration.scope == [.resource(.secrets)])
  }

  @Test func scopeLeavesOutWhatIsExempt() throws {
    let configuration = try EncryptionConfiguration(Self.wide)
    #expect(configuration.scope.map(\.description) == ["secrets", "*.apps", "*.", "*.*"])
    #expect(configuration.exemptions == [.resource(Self.deployments)])
    #expect(configuration.patterns.count == 5)
  }

  @Test func releasesUpTo126TakeWildcardsForNames() throws {
    let text = EncryptionConfiguration.text(
      entries: "{resources: ['*.', secrets], providers: [\(SampleKey.aescbc())]}")
    let old = try EncryptionConfiguration(text, for: APIServerSettings(kubernetesVersion: KubernetesVersion(1, 26)))
    #expect(old.resolution(of: GroupResource("configmaps")).pattern == nil)
    #expect(old.resolution(of: Self.secrets).writeKey != nil)
    let new = try EncryptionConfiguration(resources: "'*.'", providers: SampleKey.aescbc())
    #expect(new.resolution(of: GroupResource("configmaps")).writeKey != nil)
  }

  @Test(arguments: [(25, false), (26, true), (27, true)])
  func releasesUpTo125LeaveCustomResourcesAlone(minor: Int, isEncrypted: Bool) throws {
    let configuration = try EncryptionConfiguration(
      resources: "widgets.lab.example.com, secrets", providers: SampleKey.aescbc(),
      for: APIServerSettings(kubernetesVersion: KubernetesVersion(1, minor)))
    #expect((configuration.resolution(of: Self.widgets).writeKey != nil) == isEncrypted)
    #expect(configuration.resolution(of: Self.secrets).writeKey != nil)
  }
}
