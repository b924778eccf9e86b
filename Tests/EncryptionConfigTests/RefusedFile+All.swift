import EncryptionConfig

extension RefusedFile {
  /// At least one for each code but the last, which no file can have.
  static let all = ofTheText + ofMembers + ofProviders + ofKeys + ofResources + ofPlugins

  private static let ofTheText = [
    RefusedFile(.empty, 1, "", "", repaired: sound),
    RefusedFile(.empty, 1, "", "# started without --encryption-provider-config\n", repaired: sound),
    RefusedFile(.empty, 1, "", "---\n", repaired: sound),
    RefusedFile(
      .tooLarge, 1, "", sound + String(repeating: "#", count: 1 << 20),
      repaired: sound + "#" + String(repeating: " ", count: 1000 << 10)),
    RefusedFile(.notYAML, 12, "", replacing: "      - kms:", by: "\t- kms:"),
    RefusedFile(.notYAML, 27, "", replacing: "'*.apps'", by: "*.apps"),
    RefusedFile(.notYAML, 2, "", replacing: "EncryptionConfiguration", by: "Encryption\u{7}"),
    RefusedFile(.notYAML, 11, "", replacing: SampleKey.a, by: "\"\(SampleKey.a)\" \(SampleKey.b)"),
    RefusedFile(.notYAML, 3, "", replacing: "resources:\n  -", by: "resources\n  -"),
    RefusedFile(.notYAML, 10, "", replacing: "name: key1", by: "name: \"key1"),
    RefusedFile(
      .notYAML, 12, "",
      sound.replacing("      - kms:", with: "\t- kms:", maxReplacements: 1).replacing("\n", with: "\r\n"),
      repaired: sound.replacing("\n", with: "\r\n")),
    RefusedFile(.notJSON, 2, "", json.replacing("}}]}]}", with: "}},]}]}"), repaired: json),
    RefusedFile(.notJSON, 1, "", json.replacing("\"", with: ""), repaired: json),
    RefusedFile(.notJSON, 1, "", json.replacing("\"", with: "'"), repaired: json),
    RefusedFile(.empty, 1, "", "---\n---\n" + sound.replacing("Encryption", with: "Other"), repaired: "---\n\(sound)"),
    RefusedFile(
      .tooDeep, 1, "", String(repeating: "[", count: 2_000), repaired: sound),
    RefusedFile(
      .tooManyAliases, 47, "", sound + "  - &a\n" + String(repeating: "  - *a\n", count: 17), repaired: sound),
  ]

  private static let ofMembers = [
    RefusedFile(.unknownKind, 1, "apiVersion", replacing: "apiserver.config.k8s.io/v1", by: "apiserver.k8s.io/v1"),
    RefusedFile(.unknownKind, 1, "apiVersion", replacing: "apiserver.config.k8s.io/v1", by: "v1"),
    RefusedFile(.unknownKind, 2, "kind", replacing: "EncryptionConfiguration", by: "EncryptionConfigurations"),
    RefusedFile(.unknownKind, 2, "kind", replacing: "EncryptionConfiguration", by: "encryptionConfiguration"),
    RefusedFile(.unknownKind, 2, "kind", replacing: "EncryptionConfiguration", by: "ConfigMap"),
    RefusedFile(.unknownKind, 2, "kind", replacing: "EncryptionConfiguration", by: "KubeletConfiguration"),
    RefusedFile(.unknownKind, 2, "apiVersion", replacing: "apiVersion: apiserver.config.k8s.io/v1", by: "# none"),
    RefusedFile(.unknownKind, 2, "kind", replacing: "EncryptionConfiguration", by: "EncryptionConfig"),
    RefusedFile(.unknownKind, 2, "kind", replacing: "EncryptionConfiguration", by: "''"),
    RefusedFile(.unknownMember, 4, "resources[0]", replacing: "  - resources:", by: "  - rotation: 1\n    resources:"),
    RefusedFile(.unknownMember, 3, "", replacing: "resources:", by: "Resources: []\nresources:"),
    RefusedFile(.unknownMember, 25, "resources[0].providers[4].identity", replacing: "{}", by: "{keys: []}"),
    RefusedFile(
      .unknownMember, 11, "resources[0].providers[0].aescbc.keys[0]", replacing: "secret: \(SampleKey.a)",
      by: "\(SampleKey.b): x\n              secret: \(SampleKey.a)"),
    RefusedFile(.unknownMember, 25, "resources[0].providers[4]", replacing: "identity: {}", by: "awskms: {}"),
    RefusedFile(.wrongType, 3, "", replacing: "resources:", by: "<<: secrets\nresources:"),
    RefusedFile(
      .duplicateMember, 10, "", replacing: "- name: key1", by: "- name: key1\n              name: key2"),
    RefusedFile(.wrongType, 4, "resources[0].resources", replacing: listed, by: "resources: secrets"),
    RefusedFile(.wrongType, 10, "resources[0].providers[0].aescbc.keys[0].name", replacing: "key1", by: "1"),
    RefusedFile(.wrongType, 10, "resources[0].providers[0].aescbc.keys[0].name", replacing: "key1", by: "yes"),
    RefusedFile(.wrongType, 10, "resources[0].providers[0].aescbc.keys[0].name", replacing: "key1", by: "[key1]"),
    RefusedFile(secret, .wrongType, "{value: \(SampleKey.a)}"),
    RefusedFile(secret, .wrongType, "!!binary \(SampleKey.a)"),
    RefusedFile(.wrongType, 25, "resources[0].providers[4].identity", replacing: "{}", by: "true"),
    RefusedFile(.wrongType, 20, "resources[0].providers[2].kms.cachesize", replacing: "100", by: "'100'"),
    RefusedFile(.wrongType, 20, "resources[0].providers[2].kms.cachesize", replacing: "100", by: "2147483648"),
    RefusedFile(.noEntries, 3, "resources", EncryptionConfiguration.firstLines + "resources: []\n", repaired: sound),
    RefusedFile(.noEntries, 1, "resources", EncryptionConfiguration.firstLines, repaired: sound),
    RefusedFile(.noResources, 4, "resources[0].resources", replacing: listed, by: "resources: []"),
    RefusedFile(
      .noProviders, 5, "resources[1].providers",
      EncryptionConfiguration.text(entries: entry(providers: "identity: {}"), entry("configmaps", providers: "")),
      repaired: sound),
  ]

  private static let ofProviders = [
    RefusedFile(.noProvider, 25, "resources[0].providers[4]", replacing: "identity: {}", by: "identity:"),
    RefusedFile(.noProvider, 25, "resources[0].providers[4]", replacing: "identity: {}", by: "aescbc:"),
    RefusedFile(.noProvider, 25, "resources[0].providers[4]", replacing: "identity: {}", by: "{}"),
    RefusedFile(.noProvider, 25, "resources[0].providers[4]", replacing: "identity: {}", by: "null"),
    RefusedFile(
      .severalProviders, 25, "resources[0].providers[4]", replacing: "identity: {}",
      by: "identity: {}\n        kms: {name: third, endpoint: 'unix:///a'}"),
    RefusedFile(.noKeys, 4, "resources[0].providers[0].aescbc.keys", oneEntry("aescbc: {keys: []}"), repaired: sound),
    RefusedFile(.noKeys, 4, "resources[0].providers[0].aescbc.keys", oneEntry("aescbc: {}"), repaired: sound),
  ]

  private static let ofKeys = [
    RefusedFile(.noKeyName, 10, "resources[0].providers[0].aescbc.keys[0].name", replacing: "key1", by: "''"),
    RefusedFile(
      .noKeyName, 11, "resources[0].providers[0].aescbc.keys[0].name", replacing: "- name: key1", by: "-  # none"),
    RefusedFile(secret, .noSecret, "''"),
    RefusedFile(secret, .noSecret, "# none"),
    RefusedFile(secret, .secretNotBase64, String(SampleKey.a.dropLast())),
    RefusedFile(secret, .secretNotBase64, SampleKey.a.replacing("0", with: "-")),
    RefusedFile(secret, .secretNotBase64, "\(SampleKey.short)\(SampleKey.short)"),
    RefusedFile(secret, .secretNotBase64, "correct horse battery staple"),
    RefusedFile(secret, .secretLength, "c2VjcmV0IGlzIHNlY3VyZSwgb3IgaXMgaXQ/Cg=="),
    RefusedFile(secret, .secretLength, "\(SampleKey.short.dropLast(4))"),
    RefusedFile(
      .secretLength, 24, "resources[0].providers[3].secretbox.keys[0].secret", replacing: SampleKey.b,
      by: SampleKey.short),
  ]

  private static let ofResources = [
    ofNames(.capitalLetter, "Secrets", repaired: "secrets"),
    ofNames(.bareWildcard, "'*'", repaired: "'*.'"),
    ofNames(.noAPI, "apiserveripinfo", repaired: "services"),
    ofNames(.noAPI, "serviceipallocations", repaired: "services"),
    ofNames(.noAPI, "servicenodeportallocations", repaired: "services"),
    ofNames(.eventsGroup, "events.events.k8s.io", repaired: "events"),
    ofNames(.eventsGroup, "'*.events.k8s.io'", repaired: "events"),
    ofNames(.removedGroup, "deployments.extensions", repaired: "deployments.apps"),
    ofNames(.acrossGroups, "'secrets.*'", repaired: "secrets"),
    RefusedFile(.duplicateResource, 6, "resources[0].resources[1]", replacing: "- configmaps", by: "- secrets."),
    RefusedFile(.overlappingResources, 6, "resources[0].resources[1]", replacing: "- configmaps", by: "- '*.'"),
    RefusedFile(
      .overlappingResources, 4, "resources[0].resources[0]",
      EncryptionConfiguration.text(entries: entry("'*.*', configmaps", providers: SampleKey.aescbc())), repaired: sound),
    ofOrder("'*.'", "secrets"),
    ofOrder("'*.apps'", "deployments.apps"),
    ofOrder("'*.apps'", "'*.apps'", repaired: "'*.batch'", "'*.apps'"),
    ofOrder("'*.*'", "deployments.apps"),
    ofOrder("'*.*'", "'*.apps'"),
    ofOrder("'*.*'", "'*.*'", repaired: "'*.apps'", "'*.*'"),
  ]

  private static let ofPlugins = [
    RefusedFile(.noPluginName, 14, "resources[0].providers[1].kms.name", replacing: "vault", by: "''"),
    RefusedFile(.colonInPluginName, 14, "resources[0].providers[1].kms.name", replacing: "vault", by: "'a:b'"),
    RefusedFile(
      .duplicatePluginName, 15, "resources[0].providers[2].kms.name", replacing: "vault", by: "key",
      in: sound.replacing("- aescbc:", with: "- kms: {name: key, endpoint: 'unix:///a'}\n      - aescbc:")),
    RefusedFile(
      .duplicatePluginName, 18, "resources[0].providers[2].kms.name", sound.replacing("old\n", with: "vault\n"),
      repaired: sound.replacing("old\n", with: "vault\n"),
      for: APIServerSettings(reloadsAutomatically: true, enablesKMSv1: true), repairedFor: .allowingKMSv1),
    RefusedFile(.noEndpoint, 15, "resources[0].providers[1].kms.endpoint", replacing: plugin, by: "''"),
    RefusedFile(
      .invalidEndpoint, 15, "resources[0].providers[1].kms.endpoint", replacing: plugin, by: "http://localhost:1"),
    RefusedFile(
      .invalidEndpoint, 15, "resources[0].providers[1].kms.endpoint", replacing: plugin, by: "/run/kms/plugin.sock"),
    RefusedFile(
      .invalidEndpoint, 15, "resources[0].providers[1].kms.endpoint", replacing: plugin, by: "unix:///run/%zz"),
    RefusedFile(.invalidTimeout, 16, "resources[0].providers[1].kms.timeout", replacing: "5s", by: "0s"),
    RefusedFile(.invalidTimeout, 16, "resources[0].providers[1].kms.timeout", replacing: "5s", by: "-1s"),
    RefusedFile(.invalidTimeout, 16, "resources[0].providers[1].kms.timeout", replacing: "5s", by: "5 seconds"),
    RefusedFile(.invalidCacheSize, 20, "resources[0].providers[2].kms.cachesize", replacing: "100", by: "0"),
    RefusedFile(
      .invalidCacheSize, 16, "resources[0].providers[1].kms.cachesize", replacing: "timeout: 5s", by: "cachesize: 5"),
    RefusedFile(
      .unknownPluginVersion, 13, "resources[0].providers[1].kms.apiVersion", replacing: "apiVersion: v2",
      by: "apiVersion: v3"),
    RefusedFile(
      .kmsV1Disabled, 17, "resources[0].providers[2].kms", sound, repaired: sound,
      for: APIServerSettings(kubernetesVersion: KubernetesVersion(1, 29)),
      repairedFor: APIServerSettings(kubernetesVersion: KubernetesVersion(1, 29), enablesKMSv1: true)),
    RefusedFile(
      .kmsV1Disabled, 17, "resources[0].providers[2].kms", sound, repaired: sound,
      for: APIServerSettings(kubernetesVersion: KubernetesVersion(1, 36)),
      repairedFor: APIServerSettings(kubernetesVersion: KubernetesVersion(1, 28))),
    RefusedFile(
      .kmsV1Disabled, 17, "resources[0].providers[2].kms", sound, repaired: sound, for: APIServerSettings(),
      repairedFor: APIServerSettings(kubernetesVersion: KubernetesVersion(1, 28))),
    RefusedFile(
      .kmsV1Disabled, 18, "resources[0].providers[2].kms.apiVersion",
      sound.replacing("name: old", with: "apiVersion: v1\n          name: old"), repaired: sound,
      for: APIServerSettings(), repairedFor: APIServerSettings(enablesKMSv1: true)),
  ]
}

extension RefusedFile {
  private static let listed = "resources:\n      - secrets\n      - configmaps"
  private static let plugin = "unix:///run/kms/plugin.sock"
  private static let secret = "resources[0].providers[0].aescbc.keys[0].secret"
  private static let json = """
    {"apiVersion": "v1", "kind": "EncryptionConfig",
    \t"resources": [{"resources": ["secrets"], "providers": [{"identity": {}}]}]}
    """

  /// The first secret of the sound file is another text.
  private init(_ path: String, _ code: ConfigurationError.Code, _ found: String) {
    self.init(code, 11, path, replacing: SampleKey.a, by: found)
  }

  private static func entry(_ resources: String = "secrets", providers: String) -> String {
    "{resources: [\(resources)], providers: [\(providers)]}"
  }

  private static func oneEntry(_ providers: String) -> String {
    EncryptionConfiguration.text(entries: entry(providers: providers))
  }

  /// An entry names one resource that it must not.
  private static func ofNames(_ code: ConfigurationError.Code, _ name: String, repaired: String) -> RefusedFile {
    RefusedFile(
      code, 4, "resources[0].resources[0]",
      EncryptionConfiguration.text(entries: entry(name, providers: SampleKey.aescbc())),
      repaired: EncryptionConfiguration.text(entries: entry(repaired, providers: SampleKey.aescbc())),
      repairedFor: .allowingKMSv1)
  }

  /// Of two entries the first one masks the second; by default the other order is right.
  private static func ofOrder(
    _ first: String, _ second: String, repaired: String? = nil, _ repairedSecond: String? = nil
  ) -> RefusedFile {
    func text(_ first: String, _ second: String) -> String {
      EncryptionConfiguration.text(
        entries: entry(first, providers: SampleKey.aescbc()), entry(second, providers: SampleKey.aescbc()))
    }
    return RefusedFile(
      .maskedResource, 5, "resources[1].resources[0]", text(first, second),
      repaired: text(repaired ?? second, repairedSecond ?? first))
  }
}
