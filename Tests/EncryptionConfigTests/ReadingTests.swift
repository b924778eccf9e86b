import Cryptography
import EncryptionConfig
import KubernetesStorage
import Testing

@Suite struct ReadingTests {
  @Test func everyMemberIsRead() throws {
    let configuration = try EncryptionConfiguration(RefusedFile.sound)
    #expect(configuration.header == .current)
    #expect(configuration.groups.map { $0.resources.map(\.text) } == [["secrets", "configmaps"], ["*.apps"]])
    #expect(configuration.groups.map(\.place.path) == ["resources[0]", "resources[1]"])
    #expect(configuration.groups[1].resources[0].pattern == .group("apps"))
    let providers = configuration.groups[0].providers
    #expect(providers.map(\.place.line) == [8, 12, 17, 21, 25])
    guard case .local(.aescbc, let keys) = providers[0].kind, case .kms(let vault) = providers[1].kind,
      case .kms(let old) = providers[2].kind, case .local(.secretbox, _) = providers[3].kind
    else {
      Issue.record("other providers than in the file")
      return
    }
    #expect(keys.map(\.name) == ["key1"])
    #expect(keys.map(\.secret.byteCount) == [32])
    #expect(keys[0].secretPlace.description == "line 11, resources[0].providers[0].aescbc.keys[0].secret")
    #expect(vault.version == .v2 && vault.statesVersion && vault.provider == .kmsv2)
    #expect(vault.endpoint == "unix:///run/kms/plugin.sock" && vault.timeout == .seconds(5) && vault.cacheSize == nil)
    #expect(old.version == .v1 && !old.statesVersion && old.provider == .kmsv1)
    #expect(old.timeout == .seconds(3) && old.cacheSize == 100)
    #expect(providers[4].isIdentity)
  }

  @Test func secretsAreDecoded() throws {
    let configuration = try EncryptionConfiguration(
      resources: "secrets", providers: SampleKey.aescbc("a", "AAECAwQFBgcICQoLDA0ODw=="))
    guard case .key(_, let key) = configuration.transformers(for: .resource(.secrets)).first else {
      Issue.record("no key")
      return
    }
    let bytes = key.secret.withBytes { bytes in
      // Sound: the offsets are inside, and any byte is a UInt8.
      (0..<bytes.byteCount).map { unsafe bytes.unsafeLoad(fromByteOffset: $0, as: UInt8.self) }
    }
    #expect(bytes == Array(0...15))
  }

  @Test func theTextIsWiped() throws {
    var text = Array(RefusedFile.sound.utf8)
    _ = try EncryptionConfiguration(wiping: &text, for: .allowingKMSv1)
    #expect(text.allSatisfy { $0 == 0 })
    var refused = Array(RefusedFile.sound.replacing("kind", with: "kid").utf8)
    #expect(throws: InvalidConfiguration.self) { try EncryptionConfiguration(wiping: &refused) }
    #expect(refused.allSatisfy { $0 == 0 })
  }

  @Test func olderKindIsRead() throws {
    let text = RefusedFile.sound.replacing("apiserver.config.k8s.io/v1", with: "v1")
      .replacing("EncryptionConfiguration", with: "EncryptionConfig")
    let configuration = try EncryptionConfiguration(text)
    #expect(configuration.header == .legacy)
    #expect(configuration.headerPlace == ConfigurationPlace(line: 1, path: "apiVersion"))
  }

  @Test func jsonIsRead() throws {
    let text = """
      {
      \t"kind": "EncryptionConfiguration", "apiVersion": "apiserver.config.k8s.io/v1",
      \t"resources": [{
      \t\t"resources": ["secrets"],
      \t\t"providers": [
      \t\t\t{"aescbc": {"keys": [{"name": "aescbckey", "secret": "\(SampleKey.a.replacing("/", with: "\\/"))"}]}},
      \t\t\t{"kms": {"name": "old", "endpoint": "unix:///a", "cachesize": -1, "timeout": null}},
      \t\t\t{"identity": {}}
      \t\t]
      \t}]
      }
      """
    let configuration = try EncryptionConfiguration(text)
    #expect(configuration.resolution(of: .secrets).writeKey == KeyReference(provider: .aescbc, name: "aescbckey"))
    #expect(configuration.groups[0].providers[0].place.line == 6)
  }

  @Test(arguments: [
    "\u{FEFF}" + RefusedFile.sound,
    RefusedFile.sound.replacing("\n", with: "\r\n"),
    "%YAML 1.1\n---\n" + RefusedFile.sound + "...\n",
    RefusedFile.sound.replacing("name: key1", with: "name: !!str 1"),
    RefusedFile.sound.replacing("name: key1", with: "name: 2026-04-16"),
    RefusedFile.sound.replacing(SampleKey.a, with: "|\n                \(SampleKey.a)"),
    RefusedFile.sound.replacing("cachesize: 100", with: "cachesize: 0x10"),
    RefusedFile.sound.replacing("timeout: 5s", with: "timeout:"),
    RefusedFile.sound.replacing("timeout: 5s", with: "timeout: 1h1.5m"),
    RefusedFile.sound.replacing("unix:///run/kms/plugin.sock", with: "UNIX:///@plugin"),
    RefusedFile.sound.replacing("configmaps", with: "pods/status"),
  ])
  func whatTheServerReadsIsRead(text: String) throws {
    _ = try EncryptionConfiguration(text)
  }

  @Test func aliasesAndMergesAreFollowed() throws {
    let text = """
      apiVersion: apiserver.config.k8s.io/v1
      kind: EncryptionConfiguration
      resources:
      - resources: [secrets]
        providers: &both
        - aescbc: &cipher
            keys:
            - &key {name: key1, secret: "\(SampleKey.a)"}
            - <<: *key
              name: key0
        - identity: {}
      - resources: [configmaps]
        providers: *both
      - resources: [events]
        providers: [aesgcm: *cipher]
      """
    let configuration = try EncryptionConfiguration(text)
    #expect(configuration.groups[1].providers.map(\.isIdentity) == [false, true])
    #expect(
      configuration.transformers(for: .resource(GroupResource("events"))).map(\.key) == [
        KeyReference(provider: .aesgcm, name: "key1"), KeyReference(provider: .aesgcm, name: "key0"),
      ])
    #expect(configuration.groups[1].providers[0].place.path == "resources[1].providers[0].aescbc")
  }

  @Test func digestIsThatOfTheFile() throws {
    let text = RefusedFile.sound
    var hash = SHA256()
    let bytes = Array(text.utf8)
    // Sound: bytes are initialized memory of any pattern.
    hash.update(unsafe bytes.span.bytes)
    #expect(try EncryptionConfiguration(text).digest == hash.digest())
  }

  @Test(arguments: [
    ("v1.31.2", KubernetesVersion(1, 31)), ("1.9", KubernetesVersion(1, 9)),
    ("v1.30.4+k3s1", KubernetesVersion(1, 30)), ("1.30+", KubernetesVersion(1, 30)),
    ("1.29-eks", KubernetesVersion(1, 29)), ("latest", nil), ("", nil), ("v1", nil), ("1.x", nil), ("99999.1", nil),
  ])
  func versionsAreReadFromTags(text: String, version: KubernetesVersion?) {
    #expect(KubernetesVersion(text) == version)
  }
}
