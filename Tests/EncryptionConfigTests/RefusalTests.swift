import EncryptionConfig
import Testing

@Suite struct RefusalTests {
  @Test(arguments: RefusedFile.all)
  func fileIsRefusedWithCodeLineAndPath(file: RefusedFile) throws {
    let refusal = #expect(throws: InvalidConfiguration.self) {
      try EncryptionConfiguration(file.text, for: file.server)
    }
    let errors = try #require(refusal?.errors)
    #expect(errors.count == 1, "\(errors)")
    #expect(errors.first?.code == file.code, "\(errors)")
    #expect(errors.first?.place == ConfigurationPlace(line: file.line, path: file.path), "\(errors)")
    #expect(errors.first?.reason.isEmpty == false)
  }

  @Test(arguments: RefusedFile.all)
  func fileWithoutTheFaultIsRead(file: RefusedFile) throws {
    let configuration = try EncryptionConfiguration(file.repaired, for: file.repairedServer)
    #expect(!configuration.groups.isEmpty)
  }

  @Test func everyCodeHasAFile() {
    let covered = Set(RefusedFile.all.map(\.code)).union([
      .unreadable, .notUTF8, .reloadWithoutFile, .severalConfigurations,
    ])
    #expect(covered == Set(ConfigurationError.Code.allCases))
  }

  @Test func everyFaultOfAFileIsReportedInOrder() throws {
    let text = """
      apiVersion: apiserver.config.k8s.io/v1
      kind: EncryptionConfiguration
      resources:
      - resources: [Secrets, secrets, '*.']
        rotation: daily
        providers:
        - aescbc:
            keys:
            - name: ''
              secret: '@'
            - secret: \(SampleKey.short)
        - kms:
            apiVersion: v2
            name: a:b
            endpoint: tcp://a
            timeout: never
            cachesize: 1
      - providers: [identity: {}, {}]
      """
    let refusal = #expect(throws: InvalidConfiguration.self) { try EncryptionConfiguration(text) }
    #expect(
      refusal?.errors.map(\.code) == [
        .capitalLetter, .overlappingResources, .unknownMember, .noKeyName, .secretNotBase64, .noKeyName,
        .colonInPluginName, .invalidEndpoint, .invalidTimeout, .invalidCacheSize, .noResources, .noProvider,
      ])
    #expect(refusal?.errors.map(\.place.line) == [4, 4, 5, 9, 10, 11, 14, 15, 16, 17, 18, 18])
    #expect(refusal?.description.split(separator: "\n").count == 12)
  }

  @Test(arguments: [
    "EncryptionConfigurations", "ConfigMap", "KubeletConfiguration", "ValidatingAdmissionPolicyBinding",
  ])
  func kindsAreShown(kind: String) {
    let text = RefusedFile.sound.replacing("EncryptionConfiguration", with: kind)
    let refusal = #expect(throws: InvalidConfiguration.self) { try EncryptionConfiguration(text) }
    #expect(refusal?.errors.first?.reason.contains(kind) == true, "\(String(describing: refusal))")
  }

  @Test func whatIsWrongWithTheFileAsAWholeHasNoLine() {
    for text in ["", "# nothing", "---\n"] {
      let refusal = #expect(throws: InvalidConfiguration.self) { try EncryptionConfiguration(text) }
      #expect(refusal?.description.hasPrefix("line") == false)
    }
    let missing = #expect(throws: InvalidConfiguration.self) { try ConfigurationFile(path: "/nowhere/nosuch.yaml") }
    #expect(missing?.description == "no such file")
  }

  @Test func invalidUTF8IsRefusedWithItsLine() {
    for (bytes, line) in [([0x0A, 0xC3, 0x28], 2), ([0xFF, 0xFE, 0x41, 0x00], 1), ([0xFE, 0xFF, 0x00, 0x41], 1)] {
      var text = bytes.map(UInt8.init)
      let refusal = #expect(throws: InvalidConfiguration.self) { try EncryptionConfiguration(wiping: &text) }
      #expect(refusal?.errors.map(\.code) == [.notUTF8])
      #expect(refusal?.errors.first?.place.line == line)
    }
  }

  @Test func reloadingNeedsAFile() throws {
    let server = APIServerSettings(reloadsAutomatically: true)
    let error = #expect(throws: ConfigurationError.self) { try server.validate(namesFile: false) }
    #expect(error?.code == .reloadWithoutFile)
    try server.validate(namesFile: true)
    try APIServerSettings().validate(namesFile: false)
  }

  @Test(arguments: [(31, false), (30, true), (27, true)])
  func unknownMembersArePassedOverUpTo130(minor: Int, isRead: Bool) {
    let text = RefusedFile.sound.replacing("kind:", with: "owner: me\nkind:")
    let server = APIServerSettings(kubernetesVersion: KubernetesVersion(1, minor), enablesKMSv1: true)
    let configuration = try? EncryptionConfiguration(text, for: server)
    #expect((configuration != nil) == isRead)
  }

  @Test func namesOfResourcesAreNotLookedAtUpTo126() throws {
    let text = EncryptionConfiguration.text(
      entries: "{resources: ['*.*', Secrets, Secrets, '*'], providers: [\(SampleKey.aescbc())]}",
      "{resources: [secrets], providers: [\(SampleKey.aescbc())]}")
    #expect(throws: InvalidConfiguration.self) { try EncryptionConfiguration(text) }
    _ = try EncryptionConfiguration(text, for: APIServerSettings(kubernetesVersion: KubernetesVersion(1, 26)))
  }
}
